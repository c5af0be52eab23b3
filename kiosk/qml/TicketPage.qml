import QtQuick
import QtQuick.Layouts
import Hall

// The ticket: its number as large as the glass allows, and the truth about its paper.
PageBase {
    id: page

    readonly property var shown: view.ticket
    readonly property bool paperless: shown.printing === "failed" || shown.printing === "no_printer" || shown.printing === "unknown"

    readonly property bool tight: wide && (view.large || view.reach)

    low: true
    title: qsTr("取号成功")
    subtitle: view.large ? "" : shown.service

    GridLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        columns: page.wide ? 2 : 1
        columnSpacing: Style.space
        rowSpacing: Style.gap

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
            spacing: Style.gap

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Style.base * 4

                Numeral {
                    objectName: "number"
                    anchors.fill: parent
                    anchors.margins: Style.gap
                    text: page.shown.number
                    size: Math.min(height * 0.95, width)
                    color: Style.actionText
                    horizontalAlignment: Text.AlignHCenter
                }
            }
            PrintLine {
                Layout.fillWidth: true
                shown: page.shown
                brief: page.view.large
                size: page.view.large || page.wide ? Style.small : Style.body
            }
            Words {
                objectName: "steps"
                Layout.fillWidth: true
                visible: page.shown.steps.length > 1
                text: page.view.large ? qsTr("凭本号依次办理 %1 项").arg(page.shown.steps.length)
                    : qsTr("本号依次办理：%1").arg(page.shown.steps.map(step => `${step.number}.${step.name}`).join(" → "))
                size: Style.small
                strong: true
                maximumLineCount: page.view.large ? 1 : 3
                elide: Text.ElideRight
            }
            Notice {
                Layout.fillWidth: true
                visible: page.shown.cardLies && page.wide
                text: qsTr("请取回您的身份证")
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: page.wide
            Layout.preferredWidth: 3
            spacing: page.tight ? Style.tight : Style.gap

            RowLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: Style.gap

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    spacing: page.view.large ? 0 : Style.gap * 0.5

                    Fact {
                        Layout.fillWidth: true
                        inline: page.view.large && !page.wide || page.view.reach && page.wide
                        name: qsTr("前面等候")
                        value: qsTr("%1 人").arg(page.shown.ahead)
                        size: page.view.large ? Style.body : Style.title
                    }
                    Words {
                        objectName: "wait"
                        Layout.fillWidth: true
                        visible: text.length > 0
                        text: page.shown.steps.length > 1 && page.shown.wait.length > 0
                            ? qsTr("本环节 %1").arg(page.shown.wait) : page.shown.wait
                        size: page.view.large || page.wide ? Style.small : Style.lead
                        strong: true
                        wrapMode: Text.WordWrap
                        color: Style.actionText
                    }
                    Fact {
                        Layout.fillWidth: true
                        visible: !(page.view.large && page.wide)
                        size: page.view.large || page.wide ? Style.small : value.length > 18 ? Style.body : Style.lead
                        name: page.shown.counters.length > 0 ? qsTr("办理窗口") : qsTr("办理区域")
                        value: [page.shown.area, page.shown.counters].filter(part => part.length > 0).join(page.wide && !page.view.reach || `${page.shown.area}${page.shown.counters}`.length > 18 ? "\n" : "　")
                    }
                    Item {
                        Layout.fillHeight: true
                    }
                }
                ColumnLayout {
                    visible: page.shown.code.length > 0
                    spacing: Style.tight

                    Image {
                        objectName: "qr"
                        Layout.alignment: Qt.AlignHCenter
                        Layout.preferredWidth: side
                        Layout.preferredHeight: side
                        readonly property real side: Style.base * (page.view.large || (page.wide && page.view.reach) ? 6 : page.paperless ? 7.5 : 6.2)
                        source: page.shown.code
                        fillMode: Image.PreserveAspectFit
                        smooth: false
                        cache: false
                    }
                    Words {
                        Layout.alignment: Qt.AlignHCenter
                        Layout.maximumWidth: Style.base * (page.wide ? 7 : 8.6)
                        visible: !page.view.large && !(page.wide && page.view.reach)
                        text: page.paperless && page.shown.printing !== "unknown" ? qsTr("拍下此码可补打") : page.shown.linked ? qsTr("手机扫码查进度") : qsTr("取号机扫码查进度")
                        size: Style.base * 0.8
                        color: Style.muted
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }
            Words {
                objectName: "priority"
                Layout.fillWidth: true
                // Large type leaves no room for what the page before has told, once a card lies there.
                visible: text.length > 0 && !(page.view.large && page.shown.cardLies && !page.wide)
                text: page.shown.priority
                size: page.view.large || page.wide ? Style.small : Style.body
                strong: true
                wrapMode: Text.WordWrap
                color: Style.doneText
            }
            Notice {
                Layout.fillWidth: true
                visible: page.shown.cardLies && !page.wide
                text: qsTr("请取回您的身份证")
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Style.gap

                BigButton {
                    objectName: "slip_seen"
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: page.shown.printing === "unknown"
                    size: page.view.large || page.wide ? Style.small : Style.body
                    text: qsTr("出来了")
                    onTaken: page.kiosk.act("slip_seen", "")
                }
                BigButton {
                    id: again
                    objectName: "print_again"
                    Layout.fillWidth: true
                    Layout.preferredWidth: page.view.large && page.shown.printing === "failed" ? 3 : 1
                    visible: page.shown.printing === "failed" || page.shown.printing === "unknown"
                    size: page.view.large || page.wide ? Style.small : Style.body
                    text: page.shown.printing === "unknown" ? qsTr("没有，补打") : qsTr("再打一次")
                    onTaken: page.kiosk.act("print_again", "")
                }
                BigButton {
                    objectName: "finish"
                    visible: page.shown.printing !== "unknown"
                    Layout.fillWidth: true
                    Layout.preferredWidth: page.view.large ? 2 : 1
                    kind: "primary"
                    size: page.view.large && (page.wide || again.visible) ? Style.small : page.wide || page.view.large ? Style.body : Style.lead
                    text: page.view.countdown >= 0 ? qsTr("完成（%1）").arg(page.view.countdown) : qsTr("完成")
                    onTaken: page.kiosk.act("finish", "")
                }
            }
        }
    }
}
