import QtQuick
import QtQuick.Layouts
import Hall

// Who sits down at this counter.
FocusScope {
    id: page

    required property var view
    readonly property var key: view.keys["sign_in"]
    signal picked(string staff)

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        Words {
            Layout.fillWidth: true
            text: page.key.busy ? qsTr("正在签到 …") : qsTr("请选择工作人员签到")
            size: Style.lead
            strong: true
            color: Style.actionText
        }
        PickList {
            objectName: "staffList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            enabled: page.key.on || page.key.busy
            opacity: enabled ? 1 : 0.5
            rows: page.view.staff_choices
            hint: qsTr("输入姓名或工号，回车签到")
            empty: qsTr("没有找到")
            onPicked: id => page.picked(id)
        }
    }
}
