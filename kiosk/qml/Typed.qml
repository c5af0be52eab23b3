import QtQuick
import Hall

// What was typed so far.
Rectangle {
    id: typed

    property string text: ""
    property string placeholder: ""
    property bool wrong: false

    implicitHeight: Style.target
    radius: Style.radius
    color: Style.ground
    border.width: Style.line * 0.7
    border.color: wrong ? Style.wrong : Style.action

    Text {
        objectName: "typed"
        anchors.fill: parent
        anchors.leftMargin: Style.space
        anchors.rightMargin: Style.space
        text: typed.text.length > 0 ? typed.text : typed.placeholder
        textFormat: Text.PlainText
        color: typed.text.length > 0 ? Style.text : Style.faint
        font.family: Style.family
        font.pixelSize: Style.lead
        font.bold: typed.text.length > 0
        font.features: Style.tabular
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 36
        verticalAlignment: Text.AlignVCenter
    }
}
