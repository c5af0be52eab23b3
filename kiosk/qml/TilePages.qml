pragma ComponentBehavior: Bound
import QtQuick
import Hall

// Tiles in pages of whole rows. Delegates stay while counts change, so a press is never lost.
Item {
    id: pages

    property var tiles: []
    property string prefix: ""
    property bool wide: false
    property bool large: false
    property int number: 0
    // The screen has a place for the pages' keys beside what stands above the tiles.
    property bool pagerElsewhere: false
    readonly property bool wordy: tiles.some(tile => tile.name.length > (/[\u4e00-\u9fff]/.test(tile.name) ? 7 : 13))
    readonly property bool noted: tiles.some(tile => !tile.active || !tile.staffed)
    // Lowest height of a tile as wide as the page, and of one that shares its row.
    readonly property real lowAlone: Style.body * (large ? verbose ? (wide ? 4 : /[\u4e00-\u9fff]/.test(tiles[0].name) ? 3.7 : 6) : wordy && noted ? 4.4 : 3.4 : 4)
    readonly property real lowShared: Style.body * (verbose ? 6.4 : wordy && noted ? 5.3 : noted ? 4.9 : wordy ? 5 : large ? 3.15 : 4.4)
    readonly property real high: Math.max(low, Style.base * 8.4)
    readonly property int oneColumn: Math.max(1, Math.floor((height + Style.gap) / (lowAlone + Style.gap)))
    readonly property bool verbose: tiles.some(tile => tile.name.length > (/[\u4e00-\u9fff]/.test(tile.name) ? 16 : 40))
    readonly property bool alone: large && verbose || !wide && (tiles.length <= oneColumn || verbose || (large && (wordy || noted))
        || height - Style.target - Style.gap < lowShared)
    readonly property int columns: alone ? 1 : !wide || large || narrow ? 2 : tiles.length <= 4 ? 2 : 3
    readonly property bool narrow: width < Style.base * 24
    readonly property real low: alone ? lowAlone : lowShared
    readonly property bool paged: tiles.length > columns * fitting(height)
    readonly property real room: paged && !pagerElsewhere ? height - pager.implicitHeight - Style.gap : height
    readonly property int rows: fitting(room)
    readonly property int count: rows * columns
    readonly property int last: Math.max(0, Math.ceil(tiles.length / count) - 1)
    readonly property int here: Math.min(number, last)
    readonly property int used: Math.max(1, Math.min(rows, Math.ceil(tiles.length / columns)))
    readonly property real cell: Math.min(high, (room - (used - 1) * Style.gap) / used)

    function fitting(height: real): int {
        return Math.max(1, Math.floor((height + Style.gap) / (low + Style.gap)));
    }

    signal taken(string key)

    // Other tiles, or another number of them on a page, begin at the first page.
    onPrefixChanged: number = 0
    onCountChanged: number = 0

    Repeater {
        model: Math.min(pages.count, pages.tiles.length)

        Tile {
            required property int index
            readonly property int place: pages.here * pages.count + index
            readonly property var at: pages.tiles[place]
            objectName: pages.prefix + ":" + shown.key
            visible: at !== undefined
            width: (pages.width - (pages.columns - 1) * Style.gap) / pages.columns
            height: pages.cell
            x: (index % pages.columns) * (width + Style.gap)
            y: Math.floor(index / pages.columns) * (height + Style.gap)
            shown: at !== undefined ? at : { key: "", name: "", other: "", detail: "", waiting: -1, wait: "", services: 0, active: false, staffed: true, hours: "", left: "", shut: false }
            onTaken: pages.taken(shown.key)
        }
    }
    Pager {
        id: pager
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: pages.last > 0 && !pages.pagerElsewhere
        pages: pages
    }
}
