pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Whose ticket: card, number, or nobody's. What is read, why and for how long stands first.
PageBase {
    id: page

    readonly property var shown: view.who

    title: shown.way === "card" ? (shown.helper ? qsTr("请放上办事人的身份证") : qsTr("请放上身份证"))
        : shown.way === "code" ? (shown.helper ? qsTr("请扫办事人的证件码") : qsTr("请扫证件码"))
        : shown.way === "number" ? (shown.helper ? qsTr("请输入办事人的身份证号码") : qsTr("请输入身份证号码"))
        : qsTr("请选择取号方式")
    telling: shown.way === "choose" && shown.problem.length > 0
    subtitle: telling ? shown.problem
        : shown.way === "choose" && view.large ? qsTr("只读姓名、号码、出生日期，用于取号核对和老年人优先；%1。放证件或输号码即同意。").arg(view.retention)
        : shown.way === "choose" ? qsTr("本大厅只读取姓名、证件号码和出生日期，用于取号、叫号核对和老年人优先；%1。您有权查询和要求删除。放上证件或输入号码即表示同意。").arg(view.retention)
        : shown.way === "card" ? qsTr("放在读卡区不要移动，读到后即可取回")
        : shown.way === "code" ? (view.camera ? qsTr("把码放进画面里的框中；摄像头只在这一页打开，不留画面") : qsTr("把手机或纸上的码对准扫描口")) : view.large ? "" : qsTr("18 位，末位为 X 的请按 X")

    Loader {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        sourceComponent: page.shown.way === "card" ? card : page.shown.way === "number" ? number : page.shown.way === "code" ? code : ways
    }

    Component {
        id: ways

        ColumnLayout {
            spacing: Style.gap

            GridLayout {
                id: choices
                Layout.fillWidth: true
                Layout.fillHeight: true
                // Four in a row of large type: words alone.
                readonly property bool plain: page.wide && page.view.large && tiles === 4
                readonly property int tiles: 2 + (page.shown.withCode ? 1 : 0) + (page.shown.without ? 1 : 0)
                columns: page.wide ? (tiles === 4 && !page.view.large ? 2 : tiles) : tiles === 4 && page.view.large ? 2 : 1
                columnSpacing: Style.gap
                rowSpacing: Style.gap

                BigTile {
                    objectName: "card"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: Style.target
                    Layout.maximumHeight: Style.base * 11
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: 3
                    primary: true
                    glyph: choices.plain ? "" : "card"
                    size: choices.plain ? Style.small : page.wide || page.view.large ? Style.lead : Style.title
                    text: qsTr("放身份证")
                    detail: page.shown.withCard ? (page.view.elderlyAge > 0 ? qsTr("最快，%1 岁以上自动优先").arg(page.view.elderlyAge) : qsTr("最快"))
                        : page.shown.readerProblem.length > 0 ? page.shown.readerProblem : qsTr("本机没有读卡器")
                    enabled: page.shown.withCard
                    onTaken: page.kiosk.act("way", "card")
                }
                BigTile {
                    objectName: "number"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: Style.target
                    Layout.maximumHeight: Style.base * 11
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: 2
                    glyph: choices.plain ? "" : "keys"
                    size: choices.plain ? Style.small : page.wide || page.view.large ? Style.lead : Style.title
                    text: qsTr("输入证件号码")
                    detail: qsTr("没带身份证也可以")
                    onTaken: page.kiosk.act("way", "number")
                }
                BigTile {
                    objectName: "code"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: Style.target
                    Layout.maximumHeight: Style.base * 11
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: 2
                    visible: page.shown.withCode
                    glyph: choices.plain ? "" : "code"
                    size: choices.plain ? Style.small : page.wide || page.view.large ? Style.lead : Style.title
                    text: qsTr("扫证件码")
                    detail: page.view.large ? "" : qsTr("手机或纸上的码")
                    onTaken: page.kiosk.act("way", "code")
                }
                BigTile {
                    objectName: "without"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: Style.target
                    Layout.maximumHeight: Style.base * 11
                    Layout.preferredWidth: 1
                    Layout.preferredHeight: 2
                    visible: page.shown.without
                    glyph: choices.plain ? "" : "person"
                    size: choices.plain ? Style.small : page.wide || page.view.large ? Style.lead : Style.title
                    text: qsTr("不登记，直接取号")
                    detail: qsTr("本业务可以不出示证件")
                    onTaken: page.kiosk.act("way", "without")
                }
            }
            Chip {
                objectName: "helper"
                Layout.fillWidth: true
                size: page.view.large ? Style.small : Style.body
                text: qsTr("我替别人取号（登记办事人的证件）")
                checkable: false
                checked: page.shown.helper
                onClicked: page.kiosk.act("helper", page.shown.helper ? "off" : "on")
            }
        }
    }
    Component {
        id: card

        LayCard {
            wide: page.wide
            shown: page.shown

            BigButton {
                objectName: "number"
                Layout.fillWidth: true
                text: qsTr("改为输入证件号码")
                onTaken: page.kiosk.act("way", "number")
            }
        }
    }
    Component {
        id: code

        ShowCode {
            wide: page.wide
            view: page.view
            preview: page.preview
            problem: page.shown.problem

            BigButton {
                objectName: "number"
                Layout.fillWidth: true
                text: qsTr("改为输入证件号码")
                onTaken: page.kiosk.act("way", "number")
            }
        }
    }
    Component {
        id: number

        GridLayout {
            columns: page.wide ? 2 : 1
            columnSpacing: Style.wide
            rowSpacing: Style.space

            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                spacing: Style.gap

                Typed {
                    objectName: "digits"
                    Layout.fillWidth: true
                    text: page.shown.digits
                    placeholder: qsTr("18 位证件号码")
                    wrong: page.shown.problem.length > 0
                }
                Words {
                    Layout.fillWidth: true
                    text: page.shown.problem.length > 0 ? page.shown.problem : qsTr("已输入 %1 位").arg(page.shown.length)
                    size: Style.small
                    strong: page.shown.problem.length > 0
                    color: page.shown.problem.length > 0 ? Style.wrongText : Style.muted
                }
                BigButton {
                    objectName: "submit"
                    Layout.fillWidth: true
                    visible: page.wide
                    kind: "primary"
                    text: qsTr("下一步")
                    enabled: page.shown.length === 18
                    onTaken: page.kiosk.act("submit", "")
                }
                Item {
                    Layout.fillHeight: true
                    visible: page.wide
                }
            }
            NumberPad {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                extra: "X"
                extraEnabled: page.shown.length === 17
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
                size: Style.lead
                text: qsTr("下一步")
                enabled: page.shown.length === 18
                onTaken: page.kiosk.act("submit", "")
            }
        }
    }
}
