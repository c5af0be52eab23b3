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
    implicitHeight: Style.target
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
    contentItem: Item {
        Row {
            id: both
            anchors.centerIn: parent
            spacing: Style.gap

            Text {
                id: two
                anchors.baseline: one.baseline
                visible: text.length > 0
                text: key.hint
                textFormat: Text.PlainText
                color: Style.muted
                font.family: Style.family
                font.pixelSize: Style.small
            }
            Text {
                id: one
                text: key.text
                textFormat: Text.PlainText
                color: key.enabled ? Style.text : Style.faint
                font.family: Style.family
                font.pixelSize: Math.min(Style.base * 1.3, Math.max(Style.small, letters.font.pixelSize * (key.width - Style.tight * 2 - (two.visible ? two.width + both.spacing : 0)) / Math.max(1, letters.advanceWidth)))
                font.bold: true
                font.features: Style.tabular
            }
        }
        TextMetrics {
            id: letters
            text: key.text
            font.family: Style.family
            font.pixelSize: Math.round(Style.base * 1.3)
            font.bold: true
        }
    }
}
