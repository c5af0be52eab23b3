import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// One key of an on-screen pad.
T.AbstractButton {
    id: key

    property string hint: ""

    signal taken()

    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.minimumHeight: implicitHeight
    Layout.maximumHeight: Style.target * 1.5
    Layout.preferredWidth: 1
    implicitHeight: Style.target * (hint.length > 0 ? 1.15 : 1)
    focusPolicy: Qt.NoFocus
    onClicked: taken()
    Accessible.role: Accessible.Button
    Accessible.name: text

    background: Rectangle {
        radius: Style.radius
        color: key.pressed ? Style.actionTint : key.enabled ? Style.panel : Style.ground
        border.width: Style.hair
        border.color: key.pressed ? Style.action : Style.edge
    }
    contentItem: Column {
        topPadding: (key.height - one.height - (two.visible ? two.height : 0)) / 2

        Text {
            id: one
            width: key.width - Style.tight
            anchors.horizontalCenter: parent.horizontalCenter
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 30
            text: key.text
            textFormat: Text.PlainText
            color: key.enabled ? Style.text : Style.faint
            font.family: Style.family
            font.pixelSize: Style.base * (key.hint.length > 0 ? 1.05 : 1.3)
            font.bold: true
            font.features: Style.tabular
        }
        Text {
            id: two
            anchors.horizontalCenter: parent.horizontalCenter
            visible: text.length > 0
            text: key.hint
            textFormat: Text.PlainText
            color: Style.muted
            font.family: Style.family
            font.pixelSize: Style.base * 0.78
        }
    }
}
