import QtQuick
import QtQuick.Layouts
import Hall

// The camera looks: the citizen sees what it sees, what to do better, and how long it goes on.
PageBase {
    id: page

    low: true
    title: qsTr("请看摄像头")
    subtitle: view.large ? qsTr("还剩 %1 秒").arg(view.face.left) : qsTr("最多还看 %1 秒，看不清就由窗口人员核对").arg(view.face.left)

    GridLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        columns: page.wide ? 2 : 1
        columnSpacing: Style.wide
        rowSpacing: Style.space

        Viewfinder {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
            preview: page.preview
            face: true
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: page.wide
            Layout.preferredWidth: 2
            spacing: Style.space

            Item {
                Layout.fillHeight: true
                visible: page.wide
            }
            FitWords {
                objectName: "guidance"
                Layout.fillWidth: true
                text: page.view.face.guidance.length > 0 ? page.view.face.guidance : qsTr("请正视镜头，保持不动")
                most: page.view.large ? Style.body : page.wide ? Style.lead : Style.title
                least: Style.small
                lines: 3
                strong: true
                color: Style.actionText
                horizontalAlignment: Text.AlignHCenter
            }
            Item {
                Layout.fillHeight: true
                visible: page.wide
            }
            BigButton {
                objectName: "face_decline"
                Layout.fillWidth: true
                size: page.view.large || page.wide ? Style.small : Style.body
                text: page.view.large && page.wide ? qsTr("停止") : qsTr("停止，由窗口人员核对")
                onTaken: page.kiosk.act("face", "decline")
            }
        }
    }
}
