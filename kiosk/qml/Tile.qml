import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// A department or a service, with how many people wait for it.
T.AbstractButton {
    id: tile

    property var shown: ({ key: "", name: "", other: "", detail: "", waiting: -1, services: 0, active: true, staffed: true })
    readonly property bool beside: width > Style.base * 14
    readonly property bool wordy: shown.name.length > (/[\u4e00-\u9fff]/.test(shown.name) ? (beside ? 11 : 8) : (beside ? 24 : 16))
    readonly property string note: !shown.active ? qsTr("今天不办理，请咨询导办台")
        : !shown.staffed ? qsTr("暂无窗口办理，可先取号") : ""

    signal taken()

    focusPolicy: Qt.NoFocus
    enabled: shown.active
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
            anchors.fill: parent
            anchors.leftMargin: Style.space * 0.8
            anchors.rightMargin: Style.space * 0.8
            anchors.topMargin: Style.tight
            anchors.bottomMargin: Style.tight
            columns: tile.beside ? 2 : 1
            columnSpacing: Style.space
            rowSpacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0

                Item {
                    Layout.fillHeight: true
                }
                Words {
                    Layout.fillWidth: true
                    text: tile.shown.name
                    size: tile.wordy ? Style.small : tile.beside ? Style.lead : Style.body
                    strong: true
                    maximumLineCount: tile.beside ? 2 : 3
                    elide: Text.ElideRight
                    color: tile.enabled ? Style.actionText : Style.faint
                }
                Words {
                    Layout.fillWidth: true
                    visible: text.length > 0 && tile.note.length === 0 && !(tile.wordy && !tile.beside) && tile.height > Style.body * 2.4
                    text: tile.shown.detail.length > 0 ? tile.shown.detail : tile.shown.other
                    size: Style.base * 0.8
                    maximumLineCount: 1
                    elide: Text.ElideRight
                    color: Style.muted
                }
                Words {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: tile.note
                    size: Style.base * 0.8
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    color: tile.shown.active ? Style.muted : Style.wrongText
                }
                Item {
                    Layout.fillHeight: true
                }
            }
            Row {
                Layout.alignment: tile.beside ? Qt.AlignRight | Qt.AlignVCenter : Qt.AlignLeft | Qt.AlignBottom
                visible: tile.shown.waiting >= 0 && tile.shown.active && (tile.beside || tile.height > Style.base * 3.4)
                spacing: Style.tight

                Words {
                    id: count
                    text: tile.shown.waiting
                    size: Style.base * (tile.beside ? 1.5 : 1.1)
                    strong: true
                    wrapMode: Text.NoWrap
                    font.features: Style.tabular
                }
                Words {
                    anchors.baseline: count.baseline
                    text: qsTr("人等候")
                    size: Style.base * 0.8
                    wrapMode: Text.NoWrap
                    color: Style.muted
                }
            }
        }
    }
}
