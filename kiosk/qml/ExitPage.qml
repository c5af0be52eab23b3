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

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: Style.space

            Typed {
                Layout.fillWidth: true
                text: "●".repeat(page.view.typed)
                placeholder: qsTr("密码")
                wrong: page.view.wrong > 0
            }
            BigButton {
                objectName: "submit"
                Layout.fillWidth: true
                visible: page.wide
                kind: "primary"
                text: qsTr("退出")
                enabled: page.view.typed > 0
                onTaken: page.kiosk.act("submit", "")
            }
        }
        NumberPad {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            flat: page.view.reach
            columns: page.view.reach ? (page.wide ? 4 : 6) : 3
            onKey: character => page.kiosk.act("key", character)
            onErase: page.kiosk.act("erase", "")
        }
        BigButton {
            objectName: "submit"
            Layout.fillWidth: true
            visible: !page.wide
            kind: "primary"
            text: qsTr("退出")
            enabled: page.view.typed > 0
            onTaken: page.kiosk.act("submit", "")
        }
    }
}
