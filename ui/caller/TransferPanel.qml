import QtQuick
import QtQuick.Layouts
import Hall

// Where the ticket goes, and where it stands there.
FocusScope {
    id: panel

    required property var view
    signal chosen(string kind, string target, string position)
    signal closed

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        PanelHead {
            Layout.fillWidth: true
            title: qsTr("转移 %1 号").arg(panel.view.ticket.number)
            onClosed: panel.closed()
        }
        ChipRow {
            id: kind
            Layout.fillWidth: true
            chosen: "queue"
            choices: [
                { "id": "queue", "text": qsTr("到队列") },
                { "id": "counter", "text": qsTr("到窗口") },
                { "id": "staff", "text": qsTr("到人员") }
            ]
            onChosenChanged: list.clear()
        }
        ChipRow {
            id: position
            Layout.fillWidth: true
            chosen: "sorted"
            choices: [
                { "id": "front", "text": qsTr("排最前") },
                { "id": "sorted", "text": qsTr("按取号时间") },
                { "id": "end", "text": qsTr("排最后") }
            ]
        }
        PickList {
            id: list
            objectName: "targets"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            hint: qsTr("输入查找，回车转移")
            empty: qsTr("没有找到")
            rows: kind.chosen === "queue" ? panel.view.service_choices
                : kind.chosen === "counter" ? panel.view.counter_choices : panel.view.staff_choices
            onPicked: id => panel.chosen(kind.chosen, id, position.chosen)
        }
    }
}
