import QtQuick

// A keyboard key's name, drawn as a small key cap.
Rectangle {
    property alias key: label.text
    property color ink: Style.muted

    visible: key.length > 0
    implicitWidth: Math.max(label.implicitWidth + Style.tight * 2, implicitHeight)
    implicitHeight: label.implicitHeight + Style.tight
    radius: Style.tight
    color: "transparent"
    border.width: Style.hair
    border.color: ink

    Text {
        id: label
        anchors.centerIn: parent
        color: parent.ink
        textFormat: Text.PlainText
        font.family: Style.family
        font.pixelSize: Style.small * 0.9
    }
}
