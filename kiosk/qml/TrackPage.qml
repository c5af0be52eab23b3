pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// A ticket's progress, by number or by its code under the scanner.
PageBase {
    id: page

    readonly property var shown: view.track
    readonly property bool routed: shown.steps.length > 1
    readonly property int at: routed ? shown.steps.findIndex(step => step.state === "now") + 1 : 0
    readonly property bool finding: view.camera && !view.reach && !(view.large && !wide)

    low: shown.state.length > 0
    title: shown.state.length > 0 ? shown.number : qsTr("请输入号码")
    subtitle: shown.state.length > 0 ? (view.large && wide ? "" : at > 0 && !view.large ? shown.service + " · " + qsTr("第 %1/%2 步").arg(at).arg(shown.steps.length) : shown.service) : view.scanProblem.length > 0 ? qsTr("例如 A001；扫码暂时不能用，请按号码")
        : finding ? qsTr("例如 A001；也可以把号票上的二维码放进画面里的框中")
        : view.camera ? qsTr("例如 A001；也可以把号票上的二维码对准摄像头")
        : view.scanner ? qsTr("例如 A001；也可以把号票上的二维码对准扫描口") : qsTr("例如 A001")

    Loader {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        sourceComponent: page.shown.state.length > 0 ? answer : asking
    }

    Component {
        id: asking

        GridLayout {
            columns: page.wide ? 2 : 1
            columnSpacing: Style.wide
            rowSpacing: Style.space

            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                spacing: Style.gap

                Typed {
                    Layout.fillWidth: true
                    text: page.shown.typed
                    placeholder: qsTr("号码")
                    wrong: page.shown.problem.length > 0
                }
                Words {
                    objectName: "track_problem"
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: page.shown.asking ? qsTr("正在查询…") : page.shown.problem
                    size: Style.body
                    strong: true
                    color: page.shown.asking ? Style.text : Style.wrongText
                }
                BigButton {
                    objectName: "submit"
                    Layout.fillWidth: true
                    visible: page.wide
                    kind: "primary"
                    size: Style.lead
                    text: qsTr("查询")
                    busy: page.shown.asking
                    enabled: page.shown.typed.length > 0
                    onTaken: page.kiosk.act("submit", "")
                }
                Viewfinder {
                    Layout.fillWidth: true
                    Layout.fillHeight: page.wide
                    Layout.preferredHeight: page.wide ? -1 : Math.min(Style.base * 9, page.height - Style.base * 17.5)
                    visible: page.finding
                    preview: page.preview
                }
                Item {
                    Layout.fillHeight: true
                    visible: page.wide && !page.finding
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                spacing: Style.gap * 0.7

                GridLayout {
                    Layout.fillWidth: true
                    columns: Math.min(page.wide ? 6 : 7, Math.max(1, page.shown.letters.length))
                    columnSpacing: Style.gap * 0.7
                    rowSpacing: Style.gap * 0.7
                    uniformCellWidths: true

                    Repeater {
                        model: page.shown.letters.length

                        PadKey {
                            required property int index
                            objectName: "key:" + text
                            text: page.shown.letters[index] ?? ""
                            onTaken: page.kiosk.act("key", text)
                        }
                    }
                }
                NumberPad {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    flat: page.wide || page.view.reach || page.view.large || page.finding
                    onKey: character => page.kiosk.act("key", character)
                    onErase: page.kiosk.act("erase", "")
                }
            }
            BigButton {
                objectName: "submit"
                Layout.fillWidth: true
                visible: !page.wide
                kind: "primary"
                size: Style.lead
                text: qsTr("查询")
                busy: page.shown.asking
                enabled: page.shown.typed.length > 0
                onTaken: page.kiosk.act("submit", "")
            }
        }
    }
    Component {
        id: answer

        ColumnLayout {
            spacing: Style.space

            GridLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                columns: page.wide ? 2 : 1
                columnSpacing: Style.space
                rowSpacing: Style.space

                Panel {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: page.view.large ? 3 : 1

                    ColumnLayout {
                        anchors.fill: parent
                        anchors.leftMargin: Style.wide
                        anchors.rightMargin: Style.wide
                        anchors.topMargin: Style.gap
                        anchors.bottomMargin: Style.gap
                        spacing: 0

                        Words {
                            objectName: "progress"
                            Layout.fillWidth: true
                            text: page.shown.state === "waiting" ? qsTr("正在等候")
                                : page.shown.state === "called" ? qsTr("正在叫您的号")
                                : page.shown.state === "serving" ? qsTr("正在窗口办理")
                                : page.shown.state === "held" ? qsTr("已挂起，请等窗口再叫")
                                : page.shown.state === "no_show" ? qsTr("已过号") : qsTr("已结束")
                            size: page.wide && page.view.large ? Style.lead : Style.title
                            strong: true
                            horizontalAlignment: Text.AlignHCenter
                        }
                        Numeral {
                            objectName: "progress_number"
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            Layout.minimumHeight: Style.base * 2
                            visible: page.shown.state === "waiting" || page.shown.counter > 0
                            text: page.shown.state === "waiting" ? page.shown.ahead : page.shown.counter
                            size: Math.max(Style.base * 2, Math.min(height * 0.8, Style.base * 10))
                            color: Style.actionText
                            horizontalAlignment: Text.AlignHCenter
                        }
                        Words {
                            Layout.fillWidth: true
                            visible: !(page.view.large && page.shown.printing.length > 0)
                            text: page.shown.state === "waiting" ? page.routed ? qsTr("人排在前面") : qsTr("人排在前面，请留意屏幕和广播")
                                : page.shown.state === "no_show" ? qsTr("请到导办台（%1），工作人员会帮您").arg(page.view.desk)
                                : page.shown.state === "ended" ? qsTr("如需再办，请重新取号")
                                : page.shown.counter > 0 ? page.routed && page.shown.state === "serving" ? qsTr("号窗口") : qsTr("号窗口，请尽快前往") : ""
                            size: page.view.large ? (page.wide ? Style.small : Style.body) : Style.lead
                            horizontalAlignment: Text.AlignHCenter
                        }
                        Words {
                            objectName: "wait"
                            Layout.fillWidth: true
                            visible: text.length > 0 && page.shown.printing.length === 0
                            text: page.shown.wait.length === 0 ? "" : page.routed && page.view.large
                                ? qsTr("本环节 %1").arg(page.shown.wait) : page.routed ? qsTr("本环节还需等候 %1").arg(page.shown.wait) : qsTr("还需等候 %1").arg(page.shown.wait)
                            size: page.view.large ? Style.small : Style.body
                            strong: true
                            color: Style.actionText
                            horizontalAlignment: Text.AlignHCenter
                        }
                    }
                }
                StepList {
                    objectName: "steps"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: page.view.large ? 2 : 1
                    visible: page.routed
                    steps: page.shown.steps
                    serving: page.shown.state === "serving"
                    large: page.view.large
                    narrow: page.wide
                }
            }
            PrintLine {
                Layout.fillWidth: true
                visible: page.shown.printing.length > 0 && !page.wide
                shown: page.shown
                brief: page.view.large
                problem: page.shown.printProblem
                size: page.view.large ? Style.small : Style.body
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Style.gap

                PrintLine {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 2
                    visible: page.shown.printing.length > 0 && page.wide
                    shown: page.shown
                    brief: page.view.large
                    problem: page.shown.printProblem
                    size: Style.small
                }
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
                    objectName: "print_again"
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: page.shown.canPrint
                    size: page.view.large || page.wide ? Style.small : Style.body
                    text: page.shown.printing === "unknown" ? qsTr("没有，补打") : qsTr("补打号票")
                    onTaken: page.kiosk.act("print_again", "")
                }
                BigButton {
                    objectName: "finish"
                    visible: page.shown.printing !== "unknown"
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    kind: "primary"
                    size: page.shown.canPrint && page.view.large ? Style.small : Style.lead
                    text: qsTr("完成（%1）").arg(page.view.countdown)
                    onTaken: page.kiosk.act("finish", "")
                }
            }
        }
    }
}
