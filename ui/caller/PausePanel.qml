import QtQuick
import QtQuick.Layouts
import Hall

// Why the counter pauses, and until when; both are shown over the counter.
FocusScope {
    id: panel

    required property var view
    signal chosen(string reason, int minutes)
    signal closed

    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Style.gap

        PanelHead {
            Layout.fillWidth: true
            title: qsTr("暂停服务：原因")
            onClosed: panel.closed()
        }
        ChipRow {
            id: reason
            Layout.fillWidth: true
            across: 2
            choices: panel.view.pause_choices
            chosen: panel.view.pause_choices.length > 0 ? panel.view.pause_choices[0].id : ""
        }
        Words {
            Layout.fillWidth: true
            text: qsTr("预计多久")
            strong: true
            color: Style.actionText
        }
        ChipRow {
            id: minutes
            Layout.fillWidth: true
            chosen: "0"
            choices: [
                { "id": "0", "text": qsTr("不确定") },
                { "id": "5", "text": qsTr("5 分钟") },
                { "id": "10", "text": qsTr("10 分钟") },
                { "id": "15", "text": qsTr("15 分钟") },
                { "id": "30", "text": qsTr("30 分钟") },
                { "id": "60", "text": qsTr("60 分钟") }
            ]
        }
        BigButton {
            objectName: "confirm"
            Layout.fillWidth: true
            Layout.preferredHeight: Style.target * 1.3
            Layout.topMargin: Style.gap
            focus: true
            kind: "primary"
            text: qsTr("暂停服务")
            key: "Enter"
            size: Style.lead
            onTaken: panel.chosen(reason.chosen, parseInt(minutes.chosen))
        }
    }
}
