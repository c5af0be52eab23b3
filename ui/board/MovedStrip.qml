pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Who has done one step of a visit and waits for the next: the number, and where it will be called.
Panel {
    id: strip

    required property var moved

    raised: true

    BothWords {
        id: caption
        x: Style.space
        width: Style.base * 5.2
        anchors.verticalCenter: parent.verticalCenter
        zh: "下一步等候"
        en: "Next"
        size: Style.body
        smaller: 0.72
        ink: Style.actionText
        secondInk: Style.muted
        lines: 1
    }
    Row {
        id: cells
        anchors.left: caption.right
        anchors.right: parent.right
        anchors.rightMargin: Style.space
        height: parent.height

        Repeater {
            model: strip.moved

            Item {
                id: cell
                required property var modelData
                required property int index

                width: cells.width / 3
                height: cells.height

                Rectangle {
                    width: Style.hair
                    height: parent.height - Style.space
                    anchors.verticalCenter: parent.verticalCenter
                    color: Style.edge
                }
                Numeral {
                    id: number
                    objectName: "moved" + cell.index
                    x: Style.gap
                    width: parent.width * 0.36
                    height: parent.height
                    text: cell.modelData.number
                    size: Style.headline
                }
                Column {
                    anchors.left: number.right
                    anchors.leftMargin: Style.tight
                    anchors.right: parent.right
                    anchors.rightMargin: Style.tight
                    anchors.verticalCenter: parent.verticalCenter

                    Words {
                        width: parent.width
                        text: "→ " + (cell.modelData.place.first || cell.modelData.what.first)
                        size: Style.body
                        strong: true
                        color: Style.actionText
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Math.floor(Style.small * 0.8)
                        elide: Text.ElideRight
                    }
                    Words {
                        width: parent.width
                        visible: cell.modelData.place.first.length > 0
                        text: cell.modelData.what.first
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Math.floor(Style.small * 0.75)
                        size: Style.small * 0.9
                        color: Style.muted
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }
}
