import QtQuick
import QtQuick.Layouts
import Hall

// What will be taken, then the one touch that takes it.
PageBase {
    id: page

    readonly property var shown: view.confirm
    readonly property bool tight: view.large || (wide && (view.reach || shown.service.length > 40))
    readonly property real factSize: view.large ? Style.small * 1.1 : tight ? Style.body : Style.title
    readonly property bool busy: view.page === "issuing"

    low: true
    title: busy ? (shown.slow ? qsTr("服务器答复较慢，请稍候") : qsTr("正在取号")) : qsTr("请确认")
    // No second line until the answer is late: what does not move need not be drawn again.
    subtitle: shown.slow ? qsTr("请不要离开。等不及可按首页放弃，再到：%1").arg(view.desk) : ""

    GridLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        columns: page.wide ? 2 : 1
        columnSpacing: Style.wide
        rowSpacing: Style.space

        Panel {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: Style.space
                spacing: Style.gap

                Words {
                    Layout.fillWidth: true
                    text: page.shown.service
                    size: (page.view.large && wordy) || (page.wide && text.length > 44) ? Style.body * 1.1 : page.view.large || (page.wide && wordy) || text.length > 44 ? Style.lead
                        : wordy ? Style.title : Style.headline
                    readonly property bool wordy: text.length > (/[\u4e00-\u9fff]/.test(text) ? 14 : 26)
                    strong: true
                    maximumLineCount: 4
                    elide: Text.ElideRight
                    color: Style.actionText
                }
                Words {
                    Layout.fillWidth: true
                    visible: text.length > 0 && !(page.wide && page.view.large)
                    text: (page.tight && page.shown.number.length > 0 ? [page.shown.area] : [page.shown.department, page.shown.area]).filter(part => part.length > 0).join(" · ")
                    size: page.tight || (page.wide && text.length > 40) ? Style.small : Style.body
                    color: Style.muted
                }
                Item {
                    Layout.fillHeight: true
                    Layout.maximumHeight: Style.gap
                }
                GridLayout {
                    Layout.fillWidth: true
                    columns: page.wide && page.view.large ? 3 : 2
                    columnSpacing: Style.space
                    rowSpacing: Style.gap

                    Fact {
                        Layout.fillWidth: true
                        visible: page.shown.waiting >= 0
                        name: qsTr("前面等候")
                        value: qsTr("%1 人").arg(page.shown.waiting)
                        size: page.factSize
                    }
                    Fact {
                        Layout.fillWidth: true
                        visible: page.shown.counters.length > 0 && !page.view.large
                        name: qsTr("办理窗口")
                        value: page.shown.counters
                        size: page.shown.counters.length > 8 ? Style.lead : page.factSize
                    }
                    Fact {
                        Layout.fillWidth: true
                        visible: page.shown.number.length > 0
                        name: page.shown.helper ? qsTr("办事人（您替其取号）") : qsTr("办事人")
                        value: page.shown.holder.length > 0 ? page.shown.holder + " " + page.shown.number.slice(-4)
                            : qsTr("尾号 %1").arg(page.shown.number.slice(-4))
                        size: page.tight ? page.factSize : Style.lead
                    }
                    Fact {
                        Layout.fillWidth: true
                        visible: page.shown.priority.length > 0
                        name: qsTr("优先")
                        value: page.shown.priority
                        size: page.tight ? page.factSize : Style.lead
                    }
                }
                Item {
                    Layout.fillHeight: true
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: page.wide
            Layout.preferredWidth: 2
            spacing: Style.gap

            Item {
                Layout.fillHeight: true
                visible: page.wide && page.view.reach
            }

            Notice {
                Layout.fillWidth: true
                visible: !page.view.canTake && !page.busy
                text: qsTr("暂时不能取号，请到：%1").arg(page.view.desk)
            }
            BigButton {
                objectName: "confirm"
                Layout.fillWidth: true
                Layout.fillHeight: page.wide && !page.view.reach
                Layout.preferredHeight: Style.target * (page.view.large ? 1.3 : 1.7)
                kind: "primary"
                size: Style.title
                text: page.busy ? qsTr("正在取号") : qsTr("确认取号")
                busy: page.busy
                enabled: page.view.canTake && !page.busy
                onTaken: page.kiosk.act("confirm", "")
            }
        }
    }
}
