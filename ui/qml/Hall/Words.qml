import QtQuick

// Running text in the hall's typeface; wraps at words and at any Chinese character.
Text {
    property real size: Style.body
    property bool strong: false

    color: Style.text
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: Math.round(size * Style.lineSpacing)
    lineHeightMode: Text.FixedHeight
    font.family: Style.family
    font.pixelSize: size
    font.bold: strong
}
