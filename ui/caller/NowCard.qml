import QtQuick
import QtQuick.Layouts
import Hall

// The ticket at this counter; without one, that the counter is free or paused.
Panel {
    id: card

    required property var view
    readonly property var ticket: view.ticket
    readonly property bool taken: ticket.number.length > 0

    // Of one height, so that the keys below keep their places.
    implicitHeight: Math.max(Style.base * 8.8, content.implicitHeight + Style.gap * 2)
    color: taken ? Style.actionTint : Style.panel

    ColumnLayout {
        id: content
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Style.space
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            spacing: Style.gap

            Words {
                Layout.fillWidth: true
                text: card.view.stage === "called" ? (card.ticket.recalls > 0 ? qsTr("已重呼 %1 次").arg(card.ticket.recalls) : qsTr("已呼叫，等待到窗口"))
                    : card.view.stage === "serving" ? qsTr("正在办理")
                    : card.view.stage === "paused" ? qsTr("暂停服务") : qsTr("窗口空闲")
                size: card.taken ? Style.body : Style.title
                strong: true
                color: card.taken ? Style.actionText : Style.text
                maximumLineCount: 1
                elide: Text.ElideRight
            }
            Words {
                visible: card.taken
                text: qsTr("%1 分钟").arg(card.ticket.minutes)
                strong: true
                font.features: Style.tabular
            }
        }
        RowLayout {
            Layout.fillWidth: true
            visible: card.taken
            spacing: Style.gap

            Numeral {
                objectName: "number"
                Layout.fillWidth: true
                Layout.preferredHeight: size * 1.15
                text: card.ticket.number
                size: Style.display
                color: Style.actionText
            }
            ColumnLayout {
                // A width of its own: one taken from the masked name would cut the whole one.
                Layout.preferredWidth: card.width * 0.4
                Layout.maximumWidth: card.width * 0.4
                spacing: 0

                Words {
                    objectName: "holder"
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignRight
                    visible: text.length > 0
                    text: card.ticket.holder
                    size: Style.lead
                    strong: true
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Style.small
                    elide: Text.ElideRight
                }
                Words {
                    Layout.alignment: Qt.AlignRight
                    visible: text.length > 0
                    text: card.ticket.id_number ? qsTr("证件尾号 %1").arg(card.ticket.id_number) : ""
                    size: Style.small
                    color: Style.muted
                    wrapMode: Text.NoWrap
                }
            }
        }
        Words {
            Layout.fillWidth: true
            visible: text.length > 0
            text: card.taken ? card.ticket.service
                : card.view.stage === "paused" ? [card.view.pause, card.view.pause_until ? qsTr("预计 %1 恢复").arg(card.view.pause_until) : ""].filter(t => t).join(" · ")
                : card.view.total > 0 ? qsTr("%1 人在等候").arg(card.view.total)
                : card.view.helps > 0 ? qsTr("没有人等候；可支援的队列有 %1 人").arg(card.view.helps)
                : qsTr("没有人等候")
            size: card.taken ? Style.body : Style.lead
            readonly property bool only: card.ticket.priority.length > 0 || card.ticket.reason.length > 0 || card.ticket.face.length > 0 || card.ticket.expired
            wrapMode: only ? Text.NoWrap : Text.Wrap
            maximumLineCount: only ? 1 : 2
            elide: Text.ElideRight
        }
        RowLayout {
            Layout.fillWidth: true
            visible: face.visible || right.visible
            spacing: Style.gap

            Words {
                id: face
                objectName: "face"
                visible: text.length > 0
                text: [
                    card.ticket.face === "" ? "" : card.ticket.face === "passed" ? qsTr("人证已核验") : qsTr("请当面核对人证"),
                    card.ticket.expired ? qsTr("证件已过期") : ""
                ].filter(t => t).join(" · ")
                size: Style.small
                strong: true
                wrapMode: Text.NoWrap
                color: card.ticket.face === "passed" && !card.ticket.expired ? Style.doneText : Style.wrongText
            }
            Words {
                id: right
                Layout.fillWidth: true
                visible: text.length > 0
                text: [card.ticket.priority, card.ticket.reason].filter(t => t).join(" · ")
                size: Style.small
                strong: true
                color: Style.doneText
                maximumLineCount: 1
                elide: Text.ElideRight
            }
        }
        Words {
            objectName: "rating"
            Layout.fillWidth: true
            visible: text.length > 0
            text: card.view.stage === "called" ? ""
                : card.view.rating === "asked" ? (card.taken ? qsTr("已请评价，等待评价") : qsTr("上一位：等待评价"))
                : card.view.rating === "rated" ? (card.taken ? qsTr("已评价") : qsTr("上一位：已评价"))
                : card.view.rating === "declined" ? (card.taken ? qsTr("不愿评价") : qsTr("上一位：不愿评价")) : ""
            size: Style.small
            color: Style.muted
            maximumLineCount: 1
            elide: Text.ElideRight
        }
        Words {
            Layout.fillWidth: true
            visible: card.taken && card.view.pause.length > 0
            text: qsTr("办结后暂停：%1").arg(card.view.pause)
            size: Style.small
            color: Style.muted
            maximumLineCount: 1
            elide: Text.ElideRight
        }
    }
}
