import QtQuick
import QtQuick.Layouts
import Hall

// The newest call, as large as the room allows. A new call, or a recall, blinks thrice.
Rectangle {
    id: newest

    required property var call
    required property bool open

    color: Style.action
    radius: Style.radius

    Item {
        anchors.fill: parent
        anchors.margins: Style.space
        visible: newest.call !== null

        BothWords {
            id: caption
            anchors.left: parent.left
            anchors.top: parent.top
            zh: newest.call && newest.call.recall > 0 ? "再次呼叫" : "正在呼叫"
            en: newest.call && newest.call.recall > 0 ? "Calling again" : "Now calling"
            size: Style.lead
            ink: Style.inverse
            inRow: true
        }
        Words {
            anchors.right: parent.right
            anchors.top: parent.top
            text: newest.call ? [newest.call.holder, newest.call.service.first, newest.call.area.first].filter(t => t).join("  ·  ") : ""
            size: Style.lead
            color: Style.inverse
        }
        RowLayout {
            id: digits
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: caption.bottom
            anchors.bottom: parent.bottom
            spacing: Style.wide

            Numeral {
                objectName: "newestNumber"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.horizontalStretchFactor: 62
                Layout.preferredWidth: 1
                text: newest.call ? newest.call.number : ""
                size: Style.base * 9.6
                color: Style.inverse
            }
            Numeral {
                Layout.fillHeight: true
                text: "→"
                size: Style.base * 4
                color: Style.inverse
            }
            Numeral {
                objectName: "newestCounter"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.horizontalStretchFactor: 24
                Layout.preferredWidth: 1
                horizontalAlignment: Text.AlignRight
                text: newest.call ? newest.call.counter : ""
                size: Style.base * 9.6
                color: Style.inverse
            }
            ColumnLayout {
                spacing: 0
                Words {
                    text: Style.language === "en" ? "Counter" : "号窗口"
                    size: Style.title
                    strong: true
                    color: Style.inverse
                }
                Words {
                    text: Style.language === "en" ? "号窗口" : "Counter"
                    size: Style.body
                    color: Style.inverse
                }
            }
        }
        Blink {
            objectName: "blink"
            shown: digits
            occasion: newest.call ? newest.call.seq : ""
        }
    }
    BothWords {
        anchors.centerIn: parent
        width: parent.width - Style.broad
        visible: newest.call === null
        zh: newest.open ? "请稍候，即将呼叫" : "大厅尚未开始办公"
        en: newest.open ? "Please wait; calls will appear here" : "The hall is not open yet"
        size: Style.headline
        ink: Style.inverse
        centred: true
    }
}
