import QtQuick
import QtQuick.Layouts
import Hall

// Staff's way out.
PageBase {
    id: page

    title: qsTr("退出密码")
    subtitle: view.wrong > 0 ? qsTr("密码不对，已试 %1 次").arg(view.wrong) : qsTr("仅供工作人员使用")

    GridLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        columns: page.wide ? 2 : 1
        columnSpacing: Style.wide
        rowSpacing: Style.space

        Typed {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            text: "●".repeat(page.view.typed)
            placeholder: qsTr("密码")
            wrong: page.view.wrong > 0
        }
        NumberPad {
            Layout.fillWidth: true
            Layout.fillHeight: page.wide || page.view.reach
            Layout.preferredWidth: 1
            flat: page.view.reach
            onKey: character => page.kiosk.act("key", character)
            onErase: page.kiosk.act("erase", "")
        }
        BigButton {
            objectName: "submit"
            Layout.fillWidth: true
            kind: "primary"
            text: qsTr("退出")
            enabled: page.view.typed > 0
            onTaken: page.kiosk.act("submit", "")
        }
        Item {
            Layout.fillHeight: true
            visible: !page.wide && !page.view.reach
        }
    }
}
