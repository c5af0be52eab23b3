import QtQuick
import QtQuick.Layouts
import Hall

// Why there is no ticket, and what can be done instead.
PageBase {
    id: page

    readonly property var shown: view.refusal
    // Keys above the last one.
    readonly property int keys: (shown.number.length > 0 ? 1 : 0) + (shown.canArrive ? 1 : 0) + (shown.canTake ? 1 : 0)
        + (shown.forOther ? 1 : 0) + (shown.canRetry ? 1 : 0) + (shown.canChoose ? 1 : 0)
    readonly property int span: keys === 1 && !wide ? 2 : 1

    low: true
    title: shown.again ? qsTr("您已经签到过了") : shown.checkIn ? qsTr("还没有签到") : qsTr("没有取到新号")

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        spacing: Style.space

        Panel {
            id: panel
            Layout.fillWidth: true
            Layout.fillHeight: true

            ColumnLayout {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Style.space
                spacing: page.wide || page.view.large ? Style.tight : Style.space

                FitWords {
                    objectName: "said"
                    Layout.fillWidth: true
                    text: page.shown.said
                    most: Style.title
                    least: page.view.large ? Style.small : Style.body
                    lines: 9
                    room: panel.height * 0.45
                    strong: true
                }
                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Style.hair
                    color: Style.edge
                }
                Words {
                    Layout.fillWidth: true
                    visible: !(page.wide && page.view.large)
                    text: qsTr("可以这样做")
                    size: Style.small
                    color: Style.muted
                }
                FitWords {
                    objectName: "advice"
                    Layout.fillWidth: true
                    text: page.shown.advice
                    most: Style.lead
                    least: Style.small
                    lines: 9
                    room: panel.height * 0.4
                    color: Style.actionText
                }
            }
        }
        GridLayout {
            Layout.fillWidth: true
            columns: page.wide ? 3 : 2
            columnSpacing: Style.gap
            rowSpacing: Style.gap
            uniformCellWidths: true

            BigButton {
                objectName: "track_held"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.number.length > 0
                kind: "primary"
                text: qsTr("查看 %1 的进度").arg(page.shown.number)
                onTaken: page.kiosk.act("track", page.shown.number)
            }
            BigButton {
                objectName: "arrive_again"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.canArrive
                text: qsTr("换一种方式签到")
                onTaken: page.kiosk.act("arrive", "")
            }
            BigButton {
                objectName: "begin"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.canTake
                kind: "primary"
                text: qsTr("现在取号")
                onTaken: page.kiosk.act("begin", "")
            }
            BigButton {
                objectName: "for_other"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.forOther
                text: qsTr("替别人取号")
                onTaken: page.kiosk.act("helper", "on")
            }
            BigButton {
                objectName: "retry"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.canRetry
                kind: "primary"
                text: qsTr("再试一次")
                onTaken: page.kiosk.act("confirm", "")
            }
            BigButton {
                objectName: "choose_other"
                Layout.fillWidth: true
                Layout.columnSpan: page.span
                size: page.wide && page.view.large ? Style.small : Style.body
                visible: page.shown.canChoose
                text: qsTr("选其他业务")
                onTaken: page.kiosk.act("back", "")
            }
            BigButton {
                objectName: "finish"
                Layout.fillWidth: true
                size: page.wide && page.view.large ? Style.small : Style.body
                Layout.columnSpan: page.wide ? 1 : 2
                text: qsTr("完成（%1）").arg(page.view.countdown)
                onTaken: page.kiosk.act("finish", "")
            }
        }
    }
}
