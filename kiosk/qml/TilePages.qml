pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Tiles in pages of whole rows. Delegates stay while counts change, so a press is never lost.
Item {
    id: pages

    property var tiles: []
    property string prefix: ""
    property bool wide: false
    property bool large: false
    property int number: 0
    readonly property real low: Style.base * (large ? 5.6 : 4)
    readonly property real high: Style.base * (large ? 7.4 : 6.6)
    readonly property int oneColumn: Math.floor((height + Style.gap) / (low + Style.gap))
    readonly property int columns: wide ? (tiles.length <= 2 * oneColumn ? 2 : large ? 2 : 3)
        : tiles.length <= oneColumn || large ? 1 : 2
    readonly property int whole: Math.max(1, oneColumn)
    readonly property bool paged: tiles.length > whole * columns
    readonly property real room: paged ? height - pager.implicitHeight - Style.gap : height
    readonly property real lowest: columns > 1 && !wide ? low * 1.25 : low
    readonly property int rows: Math.max(1, Math.floor((room + Style.gap) / (lowest + Style.gap)))
    readonly property int count: rows * columns
    readonly property int last: Math.max(0, Math.ceil(tiles.length / count) - 1)
    readonly property int here: Math.min(number, last)
    readonly property real cell: Math.min(high, (room - (rows - 1) * Style.gap) / rows)

    signal taken(string key)

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
            shown: at !== undefined ? at : { key: "", name: "", other: "", detail: "", waiting: -1, services: 0, active: false, staffed: true }
            onTaken: pages.taken(shown.key)
        }
    }
    RowLayout {
        id: pager
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: pages.last > 0
        spacing: Style.gap

        BigButton {
            objectName: "previous"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            text: qsTr("上一页")
            enabled: pages.here > 0
            onTaken: pages.number = pages.here - 1
        }
        Words {
            Layout.minimumWidth: Style.base * 4
            text: (pages.here + 1) + " / " + (pages.last + 1)
            strong: true
            font.features: Style.tabular
            horizontalAlignment: Text.AlignHCenter
        }
        BigButton {
            objectName: "next"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            text: qsTr("下一页")
            enabled: pages.here < pages.last
            onTaken: pages.number = pages.here + 1
        }
    }
}
