import QtQuick
import Hall

// How the comparison of face and card ended.
Rectangle {
    id: line

    required property var shown
    property bool brief: false

    implicitHeight: words.implicitHeight + Style.gap * (brief ? 0.4 : 1)
    radius: Style.radius
    color: shown.facePassed ? Style.doneTint : Style.actionTint

    Words {
        id: words
        objectName: "face"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Style.gap
        anchors.rightMargin: Style.gap
        text: line.shown.facePassed ? "✓ " + line.shown.face : line.brief ? qsTr("由窗口核对，请带身份证") : line.shown.face
        size: Style.small
        strong: true
        wrapMode: Text.WordWrap
        color: line.shown.facePassed ? Style.doneText : Style.actionText
    }
}
