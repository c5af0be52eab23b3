pragma ComponentBehavior: Bound
import QtQuick
import Hall

// The last eight calls in two columns; the newest stands first and is marked.
Panel {
    id: last

    required property var calls
    readonly property int rows: 4

    raised: true

    Repeater {
        model: last.calls

        Item {
            id: row
            required property var modelData
            required property int index

            x: Math.floor(index / last.rows) * last.width / 2
            y: (index % last.rows) * height
            width: last.width / 2
            height: last.height / last.rows

            Rectangle {
                visible: row.index === 0
                anchors.fill: parent
                anchors.margins: Style.tight
                radius: Style.radius
                color: Style.actionTint
            }
            Rectangle {
                visible: row.index % last.rows > 0
                x: Style.space
                width: parent.width - Style.space * 2
                height: Style.hair
                color: Style.edge
            }
            Item {
                id: inside
                x: Style.space
                width: parent.width - Style.space * 2
                height: parent.height

                Numeral {
                    objectName: "lastNumber" + row.index
                    width: parent.width * 0.5
                    height: parent.height
                    text: row.modelData.number
                    size: Style.base * 4.15
                    color: row.index === 0 ? Style.actionText : Style.text
                }
                Numeral {
                    x: parent.width * 0.51
                    height: parent.height
                    text: "→"
                    size: Style.title
                    color: Style.muted
                }
                Numeral {
                    objectName: "lastCounter" + row.index
                    x: parent.width * 0.59
                    width: parent.width * 0.28
                    height: parent.height
                    horizontalAlignment: Text.AlignRight
                    text: row.modelData.counter
                    size: Style.base * 4.15
                    color: row.index === 0 ? Style.actionText : Style.text
                }
                Column {
                    x: parent.width * 0.885
                    width: parent.width - x
                    anchors.verticalCenter: parent.verticalCenter

                    Words {
                        width: parent.width
                        text: Style.language === "en" ? "Counter" : "窗口"
                        size: Style.small * 0.9
                        strong: true
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                    }
                    Words {
                        width: parent.width
                        text: row.modelData.area.first || (Style.language === "en" ? "窗口" : "Counter")
                        size: Style.small * 0.75
                        color: Style.muted
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Math.floor(size * 0.8)
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }
    Rectangle {
        visible: last.calls.length > last.rows
        anchors.centerIn: parent
        width: Style.hair
        height: parent.height - Style.space * 2
        color: Style.edge
    }
    BothWords {
        anchors.centerIn: parent
        width: parent.width
        visible: last.calls.length === 0
        zh: "暂无呼叫记录"
        en: "No calls yet"
        size: Style.title
        ink: Style.muted
        centred: true
    }
}
