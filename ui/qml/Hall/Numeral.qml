import QtQuick

// A number to be read from afar: heavy, tabular, on one line. It shrinks rather than be cut.
Text {
    property real size: Style.display

    color: Style.text
    textFormat: Text.PlainText
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: size / 4
    verticalAlignment: Text.AlignVCenter
    // Digits stand on the baseline; this brings their middle to the middle.
    bottomPadding: size * 0.13
    font.family: Style.family
    font.pixelSize: size
    font.bold: true
    font.features: Style.tabular
}
