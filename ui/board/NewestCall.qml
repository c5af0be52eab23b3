import QtQuick
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
        visible: !!newest.call

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
            anchors.left: caption.right
            anchors.leftMargin: Style.wide
            anchors.right: parent.right
            anchors.top: parent.top
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            text: newest.call ? [newest.call.holder, newest.call.service.first, newest.call.area.first].filter(t => t).join("  ·  ") : ""
            size: Style.lead
            color: Style.inverse
        }
        Item {
            id: digits
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: caption.bottom
            anchors.bottom: parent.bottom

            Numeral {
                objectName: "newestNumber"
                width: parent.width * 0.56
                height: parent.height
                text: newest.call ? newest.call.number : ""
                size: Style.base * 9.2
                color: Style.inverse
            }
            Numeral {
                x: parent.width * 0.57
                width: parent.width * 0.1
                height: parent.height
                text: "→"
                size: Style.base * 3.4
                color: Style.inverse
            }
            Numeral {
                objectName: "newestCounter"
                x: parent.width * 0.66
                width: parent.width * 0.22
                height: parent.height
                horizontalAlignment: Text.AlignRight
                text: newest.call ? newest.call.counter : ""
                size: Style.base * 9.2
                color: Style.inverse
            }
            Column {
                x: parent.width * 0.9
                width: parent.width - x
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    text: Style.language === "en" ? "Counter" : "窗口"
                    width: parent.width
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                    size: Style.lead
                    strong: true
                    color: Style.inverse
                }
                Words {
                    text: Style.language === "en" ? "窗口" : "Counter"
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
        visible: !newest.call
        zh: newest.open ? "请稍候，即将呼叫" : "大厅尚未开始办公"
        en: newest.open ? "Please wait; calls will appear here" : "The hall is not open yet"
        size: Style.headline
        ink: Style.inverse
        centred: true
    }
}
