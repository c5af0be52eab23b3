import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// A large choice with a picture, a name, and what it leads to.
T.AbstractButton {
    id: tile

    property string glyph: ""
    property string detail: ""
    property bool primary: false
    property real size: Style.title
    property bool upright: width < height * 1.35
    readonly property real margin: Math.min(Style.space, height * 0.1)
    readonly property color ink: primary && enabled ? Style.inverse : enabled ? Style.actionText : Style.faint

    signal taken()

    implicitHeight: Style.target * 1.5
    implicitWidth: Style.base * 12
    focusPolicy: Qt.NoFocus
    onClicked: taken()
    Accessible.role: Accessible.Button
    Accessible.name: text + " " + detail

    background: Rectangle {
        radius: Style.radius * 1.5
        color: !tile.enabled ? Style.panel
            : tile.primary ? (tile.pressed ? Style.actionPressed : Style.action)
            : tile.pressed ? Style.actionTint : Style.ground
        border.width: Style.line * 0.7
        border.color: !tile.enabled ? Style.edge : Style.action
    }
    contentItem: Item {
        GridLayout {
            anchors.fill: parent
            anchors.margins: tile.margin
            columns: tile.upright ? 1 : 2
            columnSpacing: Math.min(Style.wide, tile.width * 0.05)
            rowSpacing: Style.tight

            Item {
                id: drawn
                Layout.fillHeight: tile.upright
                Layout.alignment: Qt.AlignCenter
                Layout.preferredWidth: side
                Layout.preferredHeight: side
                Layout.maximumHeight: tile.upright ? Number.POSITIVE_INFINITY : side
                visible: tile.glyph.length > 0 && side > Style.base && (tile.upright || tile.height > Style.body * 3 || tile.width > Style.body * 9)
                // An upright tile gives its picture what its words leave.
                readonly property real side: tile.upright
                    ? Math.min(tile.width * 0.4, tile.height * 0.4, tile.height - tile.margin * 2 - words.implicitHeight - Style.tight)
                    : Math.min(tile.height * 0.8, tile.width * 0.3, Style.base * 5.2)

                Image {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, parent.height)
                    height: width
                    source: tile.glyph.length > 0 ? "icons/" + tile.glyph + (tile.primary && tile.enabled ? "-light" : "") + ".svg" : ""
                    sourceSize.width: Math.max(8, Math.round(width))
                    sourceSize.height: Math.max(8, Math.round(width))
                    opacity: tile.enabled ? 1 : 0.4
                }
            }
            Column {
                id: words
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter
                spacing: Style.tight

                FitWords {
                    id: named
                    width: parent.width
                    text: tile.text
                    most: tile.size
                    least: Style.small
                    room: tile.height - tile.margin * 2
                    strong: true
                    color: tile.ink
                    horizontalAlignment: tile.upright ? Text.AlignHCenter : Text.AlignLeft
                }
                Words {
                    width: parent.width
                    visible: text.length > 0 && named.implicitHeight + Style.tight + implicitHeight <= tile.height - tile.margin * 1.8
                    text: tile.detail
                    size: Style.small
                    wrapMode: Text.WordWrap
                    color: tile.primary && tile.enabled ? Style.inverse : Style.muted
                    horizontalAlignment: tile.upright ? Text.AlignHCenter : Text.AlignLeft
                }
            }
        }
    }
}
