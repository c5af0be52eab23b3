import QtQuick
import QtQuick.Templates as T

// One of several choices; chosen ones carry a tick as well as colour.
T.AbstractButton {
    id: chip

    property real size: Style.body

    implicitWidth: label.implicitWidth + Style.space * 2
    implicitHeight: Math.max(Style.target, label.implicitHeight + Style.gap)
    checkable: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checked: checked

    background: Rectangle {
        radius: Style.radius
        color: chip.checked ? Style.action : chip.pressed ? Style.actionTint : Style.ground
        border.width: chip.visualFocus ? Style.line * 1.5 : Style.hair
        border.color: chip.visualFocus ? Style.text : chip.checked ? Style.action : Style.edge
    }
    contentItem: Words {
        id: label
        text: chip.checked ? "✓ " + chip.text : chip.text
        size: chip.size
        color: chip.checked ? Style.inverse : Style.text
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
}
