import QtQuick
import QtQuick.Layouts
import Hall

// Where people help people.
PageBase {
    id: page

    low: true
    title: qsTr("需要帮助？")
    subtitle: qsTr("工作人员可以帮您取号、引导和优先办理")

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        spacing: Style.space

        Panel {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ColumnLayout {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Style.wide
                spacing: Style.space

                Image {
                    Layout.preferredWidth: Style.base * 5
                    Layout.preferredHeight: Style.base * 5
                    visible: !page.view.reach
                    source: "icons/desk.svg"
                    sourceSize.width: Math.round(Style.base * 5)
                    sourceSize.height: Math.round(Style.base * 5)
                }
                Words {
                    Layout.fillWidth: true
                    text: qsTr("请到：%1").arg(page.view.desk)
                    size: Style.title
                    strong: true
                    color: Style.actionText
                }
                Words {
                    Layout.fillWidth: true
                    text: qsTr("老年人、残疾人、孕妇和军人可以优先办理，请告诉工作人员。字太小可按“大字版”，够不着可按“低位操作”。")
                    size: Style.body
                }
            }
        }
        BigButton {
            objectName: "close_help"
            Layout.fillWidth: true
            kind: "primary"
            size: Style.lead
            text: qsTr("知道了，继续")
            onTaken: page.kiosk.act("help", "off")
        }
    }
}
