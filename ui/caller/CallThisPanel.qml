import QtQuick
import QtQuick.Layouts
import Hall

// Call one ticket out of order: first the reason, which is kept, then the ticket.
FocusScope {
    id: panel

    required property var view
    signal chosen(string ticket, string reason)
    signal closed

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        PanelHead {
            Layout.fillWidth: true
            title: qsTr("呼叫指定号票")
            onClosed: panel.closed()
        }
        Entry {
            id: reason
            objectName: "reason"
            Layout.fillWidth: true
            focus: true
            hint: qsTr("理由（必填，将记入日志）")
            onAccepted: list.forceActiveFocus()
        }
        PickList {
            id: list
            objectName: "waitingList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            enabled: reason.text.trim().length > 0
            opacity: enabled ? 1 : 0.5
            rows: panel.view.waiting
            hint: qsTr("输入号码查找，回车呼叫")
            empty: qsTr("没有等候的号票")
            onPicked: id => panel.chosen(id, reason.text.trim())
        }
        Words {
            Layout.fillWidth: true
            visible: panel.view.waiting_total > panel.view.waiting.length
            text: qsTr("共 %1 人等候，列出最先的 %2 人").arg(panel.view.waiting_total).arg(panel.view.waiting.length)
            size: Style.small
            color: Style.muted
        }
    }
}
