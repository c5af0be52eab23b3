import QtQuick

// Running text in the hall's typeface; wraps at words and at any Chinese character.
Text {
    property real size: Style.body
    property bool strong: false

    color: Style.text
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: Style.lineSpacing
    font.family: Style.family
    font.pixelSize: size
    font.bold: strong
}
