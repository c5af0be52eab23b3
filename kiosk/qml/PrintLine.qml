import QtQuick
import Hall

// How the slip's printing goes: nothing is called printed that is not.
Rectangle {
    id: line

    required property var shown
    property bool brief: false
    property string problem: shown.problem
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
            : line.state_ === "failed" ? line.brief ? qsTr("没有打印：%1。号码有效，请拍照").arg(line.problem)
                : qsTr("没有打印：%1。号码有效，请拍照，可到其他取号机扫码补打").arg(line.problem)
            : line.state_ === "unknown" ? qsTr("打印机没有回音：纸票出来了吗？")
            : line.state_ === "no_printer" ? qsTr("本机不打印纸票。号码有效，请拍照，可到其他取号机扫码补打") : ""
        size: line.size
        strong: true
        color: line.good ? Style.doneText : line.bad ? Style.wrongText : Style.text
    }
}
