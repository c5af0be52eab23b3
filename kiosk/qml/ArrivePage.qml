pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// An appointment is checked in: by the card, its code scanned, or its eight digits typed.
PageBase {
    id: page

    readonly property var shown: view.arrive
    readonly property bool choosing: shown.found.length > 0
    readonly property bool waiting: shown.busy && shown.way === "choose"

    title: shown.busy ? (shown.slow ? qsTr("服务器答复较慢，请稍候") : shown.way === "card" ? qsTr("正在查找您的预约") : qsTr("正在签到，请稍候"))
        : choosing ? qsTr("您今天有几个预约，先办哪一个？")
        : shown.way === "card" ? qsTr("请放上身份证")
        : shown.way === "code" ? qsTr("请扫预约码")
        : shown.way === "number" ? qsTr("请输入 8 位预约码") : qsTr("请选择签到方式")
    telling: shown.way === "choose" && shown.problem.length > 0
    subtitle: shown.busy ? (shown.slow ? qsTr("请不要离开。等不及可按首页放弃，再到：%1").arg(view.desk) : "")
        : choosing ? ""
        : telling ? shown.problem
        : shown.way === "choose" && view.large ? qsTr("刷证只读姓名、号码、出生日期，用于查找预约；%1。放上证件即同意。").arg(view.retention)
        : shown.way === "choose" ? qsTr("刷证时，本大厅只读取姓名、证件号码和出生日期，用于查找您的预约、叫号核对和老年人优先；%1。您有权查询和要求删除。放上证件即表示同意。").arg(view.retention)
        : shown.way === "card" ? qsTr("放在读卡区不要移动，读到后即可取回")
        : shown.way === "code" ? (view.camera ? qsTr("把码放进画面里的框中；摄像头只在这一页打开，不留画面") : qsTr("把手机或纸上的码对准扫描口"))
        : view.large ? "" : qsTr("在预约成功的短信或凭证上")

    Loader {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        sourceComponent: page.waiting ? nothing : page.choosing ? several
            : page.shown.way === "card" ? card : page.shown.way === "number" ? number : page.shown.way === "code" ? code : ways
    }

    Component {
        id: nothing

        Panel {
            Image {
                anchors.centerIn: parent
                width: Math.min(parent.width * 0.5, parent.height * 0.6)
                height: width
                source: "icons/calendar.svg"
                sourceSize.width: Math.max(8, Math.round(width))
                sourceSize.height: Math.max(8, Math.round(width))
            }
        }
    }
    Component {
        id: ways

        GridLayout {
            id: choices
            readonly property int tiles: page.shown.withCode ? 3 : 2
            columns: page.wide ? tiles : 1
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
                glyph: "card"
                size: page.wide || page.view.large ? Style.lead : Style.title
                text: qsTr("放身份证")
                detail: page.shown.withCard ? qsTr("用预约人的身份证")
                    : page.shown.readerProblem.length > 0 ? page.shown.readerProblem : qsTr("本机没有读卡器")
                enabled: page.shown.withCard
                onTaken: page.kiosk.act("way", "card")
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
                glyph: "code"
                size: page.wide || page.view.large ? Style.lead : Style.title
                text: qsTr("扫预约码")
                detail: qsTr("手机或纸上的码")
                onTaken: page.kiosk.act("way", "code")
            }
            BigTile {
                objectName: "number"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Style.target
                Layout.maximumHeight: Style.base * 11
                Layout.preferredWidth: 1
                Layout.preferredHeight: 2
                glyph: "keys"
                size: page.wide || page.view.large ? Style.lead : Style.title
                text: qsTr("输入预约码")
                detail: qsTr("8 位数字")
                onTaken: page.kiosk.act("way", "number")
            }
        }
    }
    Component {
        id: several

        TilePages {
            objectName: "several"
            tiles: page.shown.found
            prefix: "appointment"
            wide: page.wide
            large: page.view.large
            onTaken: key => page.kiosk.act("appointment", key)
        }
    }
    Component {
        id: card

        LayCard {
            wide: page.wide
            shown: page.shown
            busy: page.shown.busy

            BigButton {
                objectName: "number"
                Layout.fillWidth: true
                text: qsTr("改为输入预约码")
                enabled: !page.shown.busy
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
                text: qsTr("改为输入预约码")
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
                    placeholder: qsTr("8 位预约码")
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
                    text: qsTr("签到")
                    enabled: page.shown.length === 8
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
                text: qsTr("签到")
                enabled: page.shown.length === 8
                onTaken: page.kiosk.act("submit", "")
            }
        }
    }
}
