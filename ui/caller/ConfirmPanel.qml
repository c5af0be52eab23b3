import QtQuick
import QtQuick.Layouts
import Hall

// Asks once before harm.
FocusScope {
    id: panel

    property alias title: head.title
    property string detail: ""
    property string confirm: ""
    property bool allowed: true
    signal confirmed
    signal closed

    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Style.gap

        PanelHead {
            id: head
            Layout.fillWidth: true
            onClosed: panel.closed()
        }
        Words {
            Layout.fillWidth: true
            visible: text.length > 0
            text: panel.detail
            color: Style.muted
        }
        BigButton {
            objectName: "confirm"
            Layout.fillWidth: true
            Layout.preferredHeight: Style.target * 1.3
            visible: panel.allowed
            focus: true
            kind: "danger"
            text: panel.confirm
            key: "Enter"
            size: Style.lead
            onTaken: panel.confirmed()
        }
    }
}
