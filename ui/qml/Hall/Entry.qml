import QtQuick

// A line to type in, with words that say what for while it is empty.
FocusScope {
    id: entry

    property alias text: field.text
    property string hint: ""
    property real size: Style.body
    signal accepted

    implicitHeight: field.implicitHeight + Style.gap
    implicitWidth: Style.target * 4

    Rectangle {
        anchors.fill: parent
        radius: Style.radius
        color: Style.ground
        border.width: field.activeFocus ? Style.line : Style.hair
        border.color: field.activeFocus ? Style.action : Style.faint
    }
    TextInput {
        id: field
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
        font.pixelSize: entry.size
        Accessible.role: Accessible.EditableText
        Accessible.name: entry.hint
        onAccepted: entry.accepted()
    }
    Words {
        anchors.left: field.left
        anchors.right: field.right
        anchors.verticalCenter: parent.verticalCenter
        visible: field.text.length === 0
        text: entry.hint
        size: entry.size
        color: Style.faint
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
    }
}
