import QtQuick
import QtQuick.Layouts
import Hall

// What hangs over a counter. Left: which counter, who, for what. Right: whose turn it is.
Window {
    id: screen

    required property var view
    readonly property real unit: Math.min(width / 1280, height / 640) * 28
    readonly property bool numbered: view.ticket.length > 0

    visible: true
    width: 1280
    height: 640
    title: qsTr("窗口屏")
    color: Style.ground

    Binding {
        target: Style
        property: "base"
        value: screen.unit
    }
    Binding {
        target: Style
        property: "language"
        value: screen.view.language
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            CounterPlate {
                Layout.fillHeight: true
                Layout.preferredWidth: screen.width * 0.31
                view: screen.view
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                BothWords {
                    id: title
                    x: Style.broad
                    y: screen.numbered ? Style.wide : (parent.height - height - detail.height) / 2
                    width: parent.width - Style.broad * 2
                    first: screen.view.title.first
                    second: screen.view.title.second
                    size: screen.numbered ? Style.title * 1.15 : Style.display
                    smaller: screen.numbered ? 0.65 : 0.42
                    ink: screen.view.mood === "closed" ? Style.muted
                        : screen.view.mood === "calling" ? Style.actionText : Style.text
                    secondInk: Style.muted
                    centred: true
                }
                Numeral {
                    id: number
                    objectName: "number"
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.top: title.bottom
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: screen.view.holder ? Style.headline * Style.lineSpacing + Style.gap : Style.space
                    anchors.leftMargin: Style.broad
                    anchors.rightMargin: Style.broad
                    visible: screen.numbered
                    horizontalAlignment: Text.AlignHCenter
                    text: screen.view.ticket
                    size: Style.base * 9.5
                    color: screen.view.mood === "calling" ? Style.action : Style.text
                }
                Words {
                    id: holder
                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Style.gap
                    width: parent.width - Style.broad * 2
                    horizontalAlignment: Text.AlignHCenter
                    visible: text.length > 0
                    text: screen.view.holder
                    size: Style.headline
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Style.body
                    color: Style.muted
                }
                BothWords {
                    id: detail
                    x: Style.broad
                    anchors.top: title.bottom
                    anchors.topMargin: Style.space
                    width: parent.width - Style.broad * 2
                    height: first ? implicitHeight + Style.space : 0
                    visible: first.length > 0
                    first: screen.view.detail.first
                    second: screen.view.detail.second
                    size: Style.title
                    smaller: 0.7
                    ink: Style.text
                    secondInk: Style.muted
                    strong: false
                    centred: true
                }
                Blink {
                    shown: number
                    occasion: screen.view.mood === "calling" ? screen.view.call : ""
                }
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Style.base * 2.2
            visible: !screen.view.line.connected
            color: Style.wrongTint

            BothWords {
                objectName: "away"
                anchors.centerIn: parent
                width: Math.min(implicitWidth, parent.width - Style.broad)
                first: away.first
                second: away.second
                size: Style.body
                smaller: 0.75
                ink: Style.wrongText
                inRow: true
            }
            AwayWords {
                id: away
                line: screen.view.line
            }
        }
    }
}
