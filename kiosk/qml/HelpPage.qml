import QtQuick
import QtQuick.Layouts
import Hall

// Where people help people.
PageBase {
    id: page

    low: true
    title: qsTr("需要帮助？")
    subtitle: view.large ? "" : qsTr("工作人员可以帮您取号、引导和优先办理")

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        spacing: Style.space

        Panel {
            id: panel
            Layout.fillWidth: true
            Layout.fillHeight: true

            ColumnLayout {
                id: told
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.leftMargin: Style.space
                anchors.rightMargin: Style.space
                spacing: Style.gap

                Image {
                    Layout.preferredWidth: side
                    Layout.preferredHeight: side
                    readonly property real side: Math.min(Style.base * 5, panel.height - Style.space * 2 - where.implicitHeight - what.implicitHeight)
                    visible: side > Style.base * 2
                    source: "icons/desk.svg"
                    sourceSize.width: Math.max(8, Math.round(side))
                    sourceSize.height: Math.max(8, Math.round(side))
                }
                FitWords {
                    id: where
                    Layout.fillWidth: true
                    text: qsTr("请到：%1").arg(page.view.desk)
                    most: Style.title
                    least: Style.body
                    lines: 1
                    strong: true
                    color: Style.actionText
                }
                FitWords {
                    id: what
                    Layout.fillWidth: true
                    text: qsTr("老年人、残疾人、孕妇和军人可以优先办理，请告诉工作人员。字太小可按“大字版”，够不着可按“低位版”。")
                    most: Style.body
                    least: Style.small
                    lines: 20
                    room: panel.height - where.implicitHeight - Style.gap * 3
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
