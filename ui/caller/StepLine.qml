pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Where the ticket stands in its route, what follows, and the keys that change it.
ColumnLayout {
    id: line

    required property var view
    required property var keys
    signal opened(string name)

    readonly property bool routed: view.ticket.step.length > 0

    visible: routed || view.keys["route"].on || view.keys["leave"].on || view.keys["join"].on
    spacing: Style.tight

    RowLayout {
        Layout.fillWidth: true
        spacing: Style.gap

        Words {
            objectName: "step"
            Layout.fillWidth: true
            visible: line.routed || line.view.ticket.joint.length > 0
            text: [line.routed ? qsTr("第 %1 步").arg(line.view.ticket.step) : "",
                line.view.ticket.joint.length > 0 ? qsTr("与 %1 号窗口联办").arg(line.view.ticket.joint)
                : !line.routed ? "" : line.view.ticket.following.length > 0
                ? qsTr("下一步：%1").arg(line.view.ticket.following) : qsTr("最后一步")].filter(t => t).join(" · ")
            size: Style.small
            strong: true
            color: Style.actionText
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Item {
            Layout.fillWidth: true
            visible: !line.routed && line.view.ticket.joint.length === 0
        }
        BigButton {
            objectName: "leave"
            implicitHeight: Style.target
            visible: line.view.keys["leave"].on || line.view.keys["leave"].busy
            text: qsTr("退出联办")
            detail: "Shift+F12"
            size: Style.small
            busy: line.view.keys["leave"].busy
            onTaken: line.keys.leave()
        }
        BigButton {
            objectName: "route"
            implicitHeight: Style.target
            visible: line.view.keys["route"].on || line.view.keys["route"].busy
            text: qsTr("改流程")
            detail: "Shift+F6"
            size: Style.small
            busy: line.view.keys["route"].busy
            onTaken: line.opened("route")
        }
        BigButton {
            objectName: "join"
            implicitHeight: Style.target
            visible: line.view.keys["join"].on || line.view.keys["join"].busy
            text: qsTr("联办")
            detail: "Shift+F12"
            size: Style.small
            busy: line.view.keys["join"].busy
            onTaken: line.opened("join")
        }
    }
    Words {
        Layout.fillWidth: true
        visible: line.view.must_choose
        text: qsTr("办结前请选择：")
        size: Style.small
        strong: true
        color: Style.wrongText
    }
    Flow {
        Layout.fillWidth: true
        spacing: Style.tight
        visible: line.view.branches.length > 0

        Repeater {
            model: line.view.branches

            BigButton {
                required property var modelData
                required property int index

                objectName: "branch_" + modelData.id
                implicitHeight: Style.target * 0.85
                kind: modelData.count > 0 ? "primary" : "plain"
                text: (modelData.count > 0 ? "✓ " : "") + modelData.text
                key: index < 9 ? index + 1 : ""
                size: Style.small
                enabled: line.view.keys["branch"].on
                onTaken: line.keys.choose_branch(modelData.count > 0 ? "" : modelData.id)
            }
        }
    }
}
