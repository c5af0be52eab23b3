import QtQuick
import QtQuick.Layouts
import Hall

// Where the code goes: what the camera sees, or a picture of one; and what can be done instead.
GridLayout {
    id: show

    required property bool wide
    required property var view
    property var preview: null
    property string problem: ""
    default property alias instead: beside.data

    columns: wide ? 2 : 1
    columnSpacing: Style.wide
    rowSpacing: Style.space

    Viewfinder {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        visible: show.view.camera
        preview: show.preview
    }
    Panel {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        visible: !show.view.camera

        Image {
            anchors.centerIn: parent
            width: Math.min(parent.width * 0.5, parent.height * 0.6)
            height: width
            source: "icons/code.svg"
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
            objectName: "code_problem"
            Layout.fillWidth: true
            visible: show.problem.length > 0 || show.view.scanProblem.length > 0
            text: show.problem.length > 0 ? show.problem : show.view.scanProblem
        }
    }
}
