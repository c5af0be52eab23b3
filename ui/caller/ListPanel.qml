import QtQuick
import QtQuick.Layouts
import Hall

// Choose one of a list; choosing does it.
FocusScope {
    id: panel

    property alias title: head.title
    property alias rows: list.rows
    property alias empty: list.empty
    signal picked(string id)
    signal closed

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        PanelHead {
            id: head
            Layout.fillWidth: true
            onClosed: panel.closed()
        }
        PickList {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            hint: qsTr("输入查找，回车选定")
            empty: qsTr("没有找到")
            onPicked: id => panel.picked(id)
        }
    }
}
