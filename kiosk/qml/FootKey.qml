import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// One key of the footer.
T.AbstractButton {
    id: key

    property real size: Style.base
    property bool urgent: false

    signal taken()

    Layout.fillWidth: true
    Layout.preferredWidth: 100
    implicitHeight: Style.target * 1.05
    focusPolicy: Qt.NoFocus
    onClicked: taken()
    Accessible.role: Accessible.Button
    Accessible.name: text

    background: Rectangle {
        radius: Style.radius
        color: key.pressed || key.checked ? Style.actionTint : key.enabled ? Style.ground : Style.panel
        border.width: key.urgent ? Style.line : Style.hair
        border.color: key.urgent ? Style.wrong : key.enabled ? Style.action : Style.edge
    }
    contentItem: Words {
        text: key.text
        size: key.size
        strong: true
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 36
        color: key.urgent ? Style.wrongText : key.enabled ? Style.actionText : Style.faint
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        font.features: Style.tabular
    }
}
