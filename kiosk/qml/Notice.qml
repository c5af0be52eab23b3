import QtQuick
import QtQuick.Layouts
import Hall

// One line of trouble: a sign, then words, so that colour is not the only cue.
Rectangle {
    id: notice

    property string text: ""
    // Tells something rather than warns.
    property bool calm: false

    implicitHeight: row.implicitHeight + Style.gap * 1.4
    color: calm ? Style.actionTint : Style.wrongTint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Style.space
        spacing: Style.gap

        Rectangle {
            Layout.preferredWidth: Style.body * 1.1
            Layout.preferredHeight: Style.body * 1.1
            radius: width / 2
            color: notice.calm ? Style.action : Style.wrong

            Words {
                anchors.centerIn: parent
                text: notice.calm ? "i" : "!"
                size: Style.body * 0.85
                strong: true
                color: Style.inverse
            }
        }
        Words {
            Layout.fillWidth: true
            text: notice.text
            size: Style.small
            strong: true
            color: notice.calm ? Style.actionText : Style.wrongText
        }
    }
}
