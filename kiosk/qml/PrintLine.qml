import QtQuick
import Hall

// How the slip's printing goes: nothing is called printed that is not.
Rectangle {
    id: line

    required property var shown
    property real size: Style.body
    readonly property string state_: shown.printing
    readonly property bool good: state_ === "printed"
    readonly property bool bad: state_ === "failed" || state_ === "unknown" || state_ === "no_printer"

    implicitHeight: words.implicitHeight + Style.gap * 1.6
    radius: Style.radius
    color: good ? Style.doneTint : bad ? Style.wrongTint : Style.panel

    Words {
        id: words
        objectName: "printing"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Style.space * 0.8
        text: line.state_ === "printed" ? "✓ " + qsTr("号票已打印，请取走")
            : line.state_ === "printing" ? qsTr("正在打印号票…")
            : line.state_ === "failed" ? qsTr("号票没有打印：%1。号码有效，请拍照").arg(line.shown.problem)
            : line.state_ === "unknown" ? qsTr("不能确定号票是否打印，请看出票口。号码有效，请拍照")
            : line.state_ === "no_printer" ? qsTr("本机不打印纸票。号码有效，请拍照") : ""
        size: line.size
        strong: true
        color: line.good ? Style.doneText : line.bad ? Style.wrongText : Style.text
    }
}
