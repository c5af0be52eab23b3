pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// May the camera compare this face with the card? Who, why, what is kept; to decline costs nothing.
PageBase {
    id: page

    // Four points in large type leave no room for their names.
    readonly property bool tight: view.large || (wide && view.reach)

    low: true
    title: view.large ? qsTr("用摄像头核对人证吗？") : qsTr("请您决定：用摄像头核对人证吗？")
    subtitle: view.large ? "" : page.view.face.service

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        spacing: page.view.large ? Style.gap : Style.space

        Panel {
            id: panel
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                id: points
                anchors.fill: parent
                anchors.margins: page.view.large || page.wide ? Style.gap : Style.space
                columns: page.wide ? 2 : 1
                columnSpacing: Style.wide
                rowSpacing: page.wide || page.view.large ? Style.tight : Style.gap

                Repeater {
                    model: [
                        { name: qsTr("谁来看"), text: qsTr("这台取号机的摄像头，与您身份证里的照片比一比") },
                        { name: qsTr("为什么"), text: qsTr("这项业务须本人实名办理，防止他人冒用您的证件") },
                        { name: qsTr("留下什么"), text: qsTr("只在本机比对，画面和照片随即删除，不存不传；号票只记比对结果") },
                        { name: qsTr("不同意呢"), text: qsTr("不同意也能取号，叫到时由窗口人员核对") }
                    ]

                    ColumnLayout {
                        id: point
                        required property var modelData
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.preferredWidth: 1
                        spacing: 0

                        Words {
                            Layout.fillWidth: true
                            visible: !page.tight
                            text: point.modelData.name
                            size: Style.small
                            color: Style.muted
                        }
                        Words {
                            Layout.fillWidth: true
                            text: point.modelData.text
                            size: Style.small
                            strong: !page.tight
                            wrapMode: Text.WordWrap
                        }
                        Item {
                            Layout.fillHeight: true
                            Layout.preferredHeight: 0
                        }
                    }
                }
            }
        }
        GridLayout {
            Layout.fillWidth: true
            columns: page.wide ? 2 : 1
            columnSpacing: Style.gap
            rowSpacing: Style.gap
            uniformCellWidths: true

            BigButton {
                objectName: "face_agree"
                Layout.fillWidth: true
                Layout.preferredHeight: Style.target * (page.view.large || page.wide ? 1 : 1.3)
                kind: "primary"
                size: page.view.large ? Style.small : Style.lead
                text: qsTr("同意，开始核对")
                onTaken: page.kiosk.act("face", "agree")
            }
            BigButton {
                objectName: "face_decline"
                Layout.fillWidth: true
                Layout.preferredHeight: Style.target * (page.view.large || page.wide ? 1 : 1.3)
                size: page.view.large ? Style.small : Style.lead
                text: qsTr("不用，由窗口人员核对")
                onTaken: page.kiosk.act("face", "decline")
            }
        }
    }
}
