import QtQuick
import QtQuick.Layouts
import Hall

// Another route from here on, or the end of the visit here.
FocusScope {
    id: panel

    required property var view
    signal routeChosen(string id)
    signal closed

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        PanelHead {
            Layout.fillWidth: true
            title: qsTr("%1 号的流程").arg(panel.view.ticket.number)
            onClosed: panel.closed()
        }
        PickList {
            objectName: "routes"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            hint: qsTr("输入查找，回车改流程")
            empty: qsTr("没有找到")
            // Last, so that Enter alone ends nobody's visit. No route has this id.
            rows: panel.view.routes.concat(panel.view.ticket.step
                ? [{ "id": ".", "text": qsTr("办完本步骤即结束"), "detail": qsTr("不再去后面的步骤") }] : [])
            onPicked: id => panel.routeChosen(id === "." ? "" : id)
        }
    }
}
