import QtQuick
import QtQuick.Layouts
import Hall

// Where the card goes, what hinders, and what can be done instead.
GridLayout {
    id: lay

    required property bool wide
    // problem, readerProblem, cardLies
    required property var shown
    property bool busy: false
    default property alias instead: beside.data

    columns: wide ? 2 : 1
    columnSpacing: Style.wide
    rowSpacing: Style.space

    Panel {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1

        Image {
            anchors.centerIn: parent
            width: Math.min(parent.width * 0.8, parent.height * 0.9)
            height: width
            source: "icons/reader.svg"
            sourceSize.width: Math.max(8, Math.round(width))
            sourceSize.height: Math.max(8, Math.round(width))
        }
    }
    ColumnLayout {
        id: beside
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        spacing: Style.space

        Notice {
            objectName: "card_problem"
            Layout.fillWidth: true
            visible: !lay.busy && (lay.shown.problem.length > 0 || lay.shown.readerProblem.length > 0 || lay.shown.cardLies)
            text: lay.shown.problem.length > 0 ? lay.shown.problem
                : lay.shown.readerProblem.length > 0 ? lay.shown.readerProblem
                : qsTr("请先拿起身份证，再重新放好")
        }
    }
}
