import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// A department or a service, with how many people wait for it.
T.AbstractButton {
    id: tile

    property var shown: ({ key: "", name: "", other: "", detail: "", waiting: -1, wait: "", services: 0, active: true, staffed: true, hours: "", left: "", shut: false })
    readonly property bool beside: width > Style.body * 13
    readonly property real side: Style.space * (width < Style.body * 11 ? 0.5 : 0.8)
    readonly property string note: !shown.active ? qsTr("今天不办理，请咨询导办台")
        : shown.hours.length > 0 ? shown.hours
        : !shown.staffed ? qsTr("暂无窗口办理，可先取号")
        : shown.left

    signal taken()

    focusPolicy: Qt.NoFocus
    enabled: shown.active && !shown.shut
    onClicked: taken()
    Accessible.role: Accessible.Button
    Accessible.name: shown.name

    background: Rectangle {
        radius: Style.radius
        color: !tile.enabled ? Style.panel : tile.pressed ? Style.actionTint : Style.ground
        border.width: Style.line * 0.6
        border.color: tile.enabled ? Style.action : Style.edge
    }
    contentItem: Item {
        GridLayout {
            id: content
            anchors.fill: parent
            anchors.leftMargin: tile.side
            anchors.rightMargin: tile.side
            anchors.topMargin: Style.tight
            anchors.bottomMargin: Style.tight
            columns: tile.beside ? 2 : 1
            columnSpacing: Style.gap
            rowSpacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0

                Item {
                    Layout.fillHeight: true
                }
                FitWords {
                    id: title
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    text: tile.shown.name
                    most: tile.beside || tile.height > Style.body * 6.5 ? Style.lead * 1.1 : Style.body * 1.1
                    least: Style.small
                    lines: 3
                    room: content.height - (note.visible ? note.implicitHeight : 0) - (waiting.visible && !tile.beside ? waiting.implicitHeight : 0)
                    strong: true
                    maximumLineCount: Math.max(1, Math.floor((room + 2) / lineHeight))
                    elide: Text.ElideRight
                    color: tile.enabled ? Style.actionText : Style.faint
                }
                Words {
                    Layout.fillWidth: true
                    visible: text.length > 0 && tile.note.length === 0 && title.lineCount < 3
                        && title.implicitHeight + implicitHeight <= title.room && implicitWidth <= title.width + 1
                    text: tile.shown.detail.length > 0 ? tile.shown.detail : tile.shown.other
                    size: Style.small
                    maximumLineCount: 1
                    color: Style.muted
                }
                Words {
                    id: note
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: tile.note
                    size: Style.small
                    color: tile.shown.active ? Style.muted : Style.wrongText
                }
                Item {
                    Layout.fillHeight: true
                }
            }
            Column {
                id: waiting
                Layout.alignment: tile.beside ? Qt.AlignRight | Qt.AlignVCenter : Qt.AlignLeft | Qt.AlignBottom
                visible: tile.shown.waiting >= 0 && tile.enabled
                spacing: 0

                Row {
                    x: tile.beside ? parent.width - width : 0
                    spacing: Style.tight

                    Words {
                        id: count
                        text: tile.shown.waiting
                        size: tile.beside ? Style.lead : Style.body * 1.1
                        strong: true
                        wrapMode: Text.NoWrap
                        font.features: Style.tabular
                    }
                    Words {
                        anchors.baseline: count.baseline
                        text: qsTr("人等候")
                        size: Style.small
                        wrapMode: Text.NoWrap
                        color: Style.muted
                    }
                }
                Words {
                    objectName: "wait"
                    x: tile.beside ? parent.width - width : 0
                    visible: text.length > 0
                    // Beside a long name it takes two lines, so that the name is not cut.
                    readonly property bool narrow: tile.beside && title.natural > tile.width * 2
                    width: narrow ? Math.min(implicitWidth, tile.width * 0.3) : implicitWidth
                    text: tile.shown.wait
                    size: Style.small
                    wrapMode: narrow ? Text.WordWrap : Text.NoWrap
                    horizontalAlignment: narrow ? Text.AlignRight : Text.AlignLeft
                    color: Style.muted
                }
            }
        }
    }
}
