import QtQuick

// A person without a picture: the first character of the name in a circle.
Rectangle {
    id: circle

    property string name: ""
    property real size: Style.target

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Style.actionTint

    Text {
        anchors.centerIn: parent
        text: circle.name.substring(0, 1)
        color: Style.actionText
        textFormat: Text.PlainText
        font.family: Style.family
        font.pixelSize: circle.size * 0.5
        font.bold: true
    }
}
