import QtQuick

// A line to type in, with words that say what for while it is empty.
Rectangle {
    id: entry

    property alias text: input.text
    property string hint: ""
    property alias size: input.font.pixelSize
    signal accepted

    implicitHeight: input.implicitHeight + Style.gap
    implicitWidth: Style.target * 4
    radius: Style.radius
    color: Style.ground
    border.width: input.activeFocus ? Style.line : Style.hair
    border.color: input.activeFocus ? Style.action : Style.faint

    TextInput {
        id: input
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Style.gap
        focus: true
        color: Style.text
        clip: true
        selectByMouse: true
        maximumLength: 100
        font.family: Style.family
        font.pixelSize: Style.body
        Accessible.role: Accessible.EditableText
        Accessible.name: entry.hint
        onAccepted: entry.accepted()

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: input.text.length === 0
            text: entry.hint
            color: Style.faint
        }
    }
}
