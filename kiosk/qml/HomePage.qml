import QtQuick
import QtQuick.Layouts
import Hall

// Open or closed, how busy, and the things to do.
PageBase {
    id: page

    // Three in a row leave less room for a name than two.
    readonly property real side: wide && view.appointments ? (view.large ? Style.body : Style.lead * 0.95) : Style.title

    title: !view.known ? qsTr("请稍候") : view.open ? qsTr("您好，今天办什么事？") : qsTr("您好，大厅已停止办公")
    subtitle: !view.known ? qsTr("正在连接服务器") : !view.open ? qsTr("请在办公时间再来；有急事请到：%1").arg(view.desk) : ""

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        spacing: Style.space

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: page.wide ? (page.view.appointments ? 3 : 2) : 1
            columnSpacing: Style.space
            rowSpacing: Style.space

            BigTile {
                objectName: "begin"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredHeight: 3
                Layout.preferredWidth: 3
                primary: true
                glyph: "ticket"
                size: Style.headline
                text: qsTr("取号")
                detail: page.view.canTake ? qsTr("选择业务，领取排队号")
                    : !page.view.open ? qsTr("大厅已停止办公") : qsTr("暂时不能取号，请到：%1").arg(page.view.desk)
                enabled: page.view.canTake
                onTaken: page.kiosk.act("begin", "")
            }
            BigTile {
                objectName: "arrive"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredHeight: 2
                Layout.preferredWidth: 2
                visible: page.view.appointments
                glyph: "calendar"
                size: page.side
                text: qsTr("预约签到")
                detail: page.view.scanner ? qsTr("刷证、输码，或直接扫预约码") : qsTr("刷身份证，或输预约码")
                enabled: page.view.canTake
                onTaken: page.kiosk.act("arrive", "")
            }
            BigTile {
                objectName: "track"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredHeight: 2
                Layout.preferredWidth: 2
                glyph: "progress"
                size: page.side
                text: qsTr("查询进度")
                detail: page.view.scanner ? qsTr("按号码，或直接扫号票上的码") : qsTr("看看前面还有几人")
                enabled: page.view.connected
                onTaken: page.kiosk.act("track", "")
            }
        }
        Notice {
            objectName: "said"
            Layout.fillWidth: true
            visible: page.view.said.length > 0
            calm: true
            text: page.view.said
        }
        Panel {
            Layout.fillWidth: true
            visible: page.view.said.length === 0 && page.view.connected && page.view.open && page.view.waiting >= 0 && !page.view.reach && !page.view.large
            implicitHeight: facts.implicitHeight + Style.space * 1.4

            RowLayout {
                id: facts
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Style.space
                spacing: Style.space

                Fact {
                    Layout.fillWidth: true
                    name: qsTr("大厅")
                    value: qsTr("正在办公")
                    good: true
                }
                Fact {
                    Layout.fillWidth: true
                    name: qsTr("等候人数")
                    value: page.view.waiting
                }
            }
        }
    }
}
