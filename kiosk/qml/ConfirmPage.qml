import QtQuick
import QtQuick.Layouts
import Hall

// What will be taken, then the one touch that takes it.
PageBase {
    id: page

    readonly property var shown: view.confirm
    readonly property bool tight: view.large || (wide && (view.reach || shown.service.length > 40))
    // Large type has room for one of the two: both say to bring the card.
    readonly property bool justExpired: view.large && shown.expired.length > 0
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
            id: panel
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: page.view.large || page.wide ? Style.gap : Style.space
                spacing: page.view.large && page.wide ? 0 : Style.gap * 0.5

                FitWords {
                    Layout.fillWidth: true
                    text: page.shown.service
                    most: page.view.large ? Style.title : Style.headline * 1.1
                    least: page.view.large ? Style.small : Style.body
                    lines: 3
                    room: panel.height * 0.32
                    strong: true
                    maximumLineCount: 4
                    elide: Text.ElideRight
                    color: Style.actionText
                }
                Words {
                    Layout.fillWidth: true
                    visible: text.length > 0 && !(page.view.large && (page.wide || page.shown.face.length > 0))
                    text: (page.tight ? [page.shown.area] : [page.shown.department, page.shown.area]).filter(part => part.length > 0).join(" · ")
                    size: page.tight || text.length > 24 ? Style.small : Style.body
                    wrapMode: Text.WordWrap
                    color: Style.muted
                }
                Words {
                    objectName: "steps"
                    Layout.fillWidth: true
                    visible: page.shown.steps.length > 1
                    text: page.view.large ? qsTr("一个号办 %1 项").arg(page.shown.steps.length)
                        : qsTr("一个号办 %1 项：%2").arg(page.shown.steps.length).arg(page.shown.steps.join(" → "))
                    size: page.view.large || page.wide || text.length > 60 ? Style.small : Style.body
                    strong: true
                    maximumLineCount: page.view.large ? 2 : 3
                    elide: Text.ElideRight
                }
                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Style.hair
                    color: Style.edge
                }
                RowLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: !(page.shown.slow && page.view.large)
                    spacing: Style.space

                    ColumnLayout {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.preferredWidth: 1
                        visible: page.shown.waiting >= 0
                        spacing: 0

                        Words {
                            Layout.fillWidth: true
                            text: page.shown.steps.length > 1 ? qsTr("本环节前面等候人数") : qsTr("前面等候人数")
                            size: Style.small
                            color: Style.muted
                        }
                        Numeral {
                            objectName: "ahead"
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            Layout.minimumHeight: Style.small * 1.4
                            Layout.maximumHeight: Style.base * 8
                            text: page.shown.waiting
                            size: Math.max(Style.small, Math.min(height * 0.8, Style.base * 5.2))
                        }
                        Words {
                            objectName: "wait"
                            Layout.fillWidth: true
                            visible: text.length > 0
                            text: page.shown.wait.length > 0 ? qsTr("等候%1").arg(page.shown.wait) : ""
                            size: page.view.large || page.wide ? Style.small : Style.body
                            strong: true
                            color: Style.actionText
                        }
                        Item {
                            Layout.fillHeight: true
                            Layout.preferredHeight: 0
                        }
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.preferredWidth: 1
                        visible: page.shown.counters.length > 0 && !page.view.large
                        spacing: 0

                        Words {
                            Layout.fillWidth: true
                            text: qsTr("办理窗口")
                            size: Style.small
                            color: Style.muted
                        }
                        Numeral {
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            Layout.minimumHeight: Style.small * 1.4
                            Layout.maximumHeight: Style.base * 8
                            text: page.shown.counters
                            size: Math.max(Style.small, Math.min(height * 0.8, Style.base * (text.length > 8 ? 1.6 : 2.4)))
                            minimumPixelSize: Style.small
                            wrapMode: Text.WordWrap
                        }
                        Item {
                            Layout.fillHeight: true
                            Layout.preferredHeight: 0
                        }
                    }
                }
                Fact {
                    Layout.fillWidth: true
                    visible: page.shown.number.length > 0
                    inline: true
                    name: page.shown.helper ? qsTr("办事人（您替其取号）") : qsTr("办事人")
                    value: page.shown.holder.length > 0 ? page.shown.holder + " " + page.shown.number.slice(-4)
                        : qsTr("尾号 %1").arg(page.shown.number.slice(-4))
                    size: page.view.large ? Style.small : Style.body
                }
                Notice {
                    Layout.fillWidth: true
                    visible: text.length > 0 && !page.wide
                    text: page.view.large ? page.shown.expiredBrief : page.shown.expired
                    calm: true
                    radius: Style.radius
                }
                FaceLine {
                    Layout.fillWidth: true
                    visible: page.shown.face.length > 0 && !page.wide && !page.justExpired
                    shown: page.shown
                    brief: page.view.large
                }
                Rectangle {
                    Layout.fillWidth: true
                    visible: page.shown.priority.length > 0
                    implicitHeight: why.implicitHeight + Style.gap
                    radius: Style.radius
                    color: Style.doneTint

                    Words {
                        id: why
                        objectName: "priority"
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.leftMargin: Style.gap
                        anchors.rightMargin: Style.gap
                        text: "✓ " + page.shown.priority
                        size: page.view.large ? Style.small : Style.body
                        strong: true
                        wrapMode: Text.WordWrap
                        color: Style.doneText
                    }
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
                visible: text.length > 0 && page.wide
                text: page.view.large ? page.shown.expiredBrief : page.shown.expired
                calm: true
                radius: Style.radius
            }
            FaceLine {
                Layout.fillWidth: true
                visible: page.shown.face.length > 0 && page.wide && !page.justExpired
                shown: page.shown
                brief: page.view.large
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
                size: page.view.large ? Style.lead : Style.title
                text: page.busy ? qsTr("正在取号") : qsTr("确认取号")
                busy: page.busy
                enabled: page.view.canTake && !page.busy
                onTaken: page.kiosk.act("confirm", "")
            }
        }
    }
}
