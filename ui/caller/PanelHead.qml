import QtQuick
import QtQuick.Layouts
import Hall

// A panel's title, and the way back.
RowLayout {
    id: head

    property string title: ""
    signal closed

    spacing: Style.gap

    Words {
        Layout.fillWidth: true
        text: head.title
        size: Style.lead
        strong: true
        color: Style.actionText
    }
    BigButton {
        objectName: "cancel"
        implicitHeight: Style.target * 0.85
        text: qsTr("返回")
        key: "Esc"
        size: Style.small
        onTaken: head.closed()
    }
}
