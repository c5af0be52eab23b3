pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// The working caller.
FocusScope {
    id: page

    required property var view
    required property var keys
    required property string panel
    signal opened(string name)
    signal closed

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.gap

        NowCard {
            Layout.fillWidth: true
            view: page.view
        }
        StepLine {
            Layout.fillWidth: true
            view: page.view
            keys: page.keys
            onOpened: name => page.opened(name)
        }
        MainKey {
            Layout.fillWidth: true
            Layout.preferredHeight: Style.target * 1.5
            view: page.view
            keys: page.keys
        }
        KeyGrid {
            Layout.fillWidth: true
            visible: page.panel === ""
            view: page.view
            keys: page.keys
            onOpened: name => page.opened(name)
        }
        Rectangle {
            Layout.fillWidth: true
            visible: page.view.message.length > 0
            implicitHeight: sentence.implicitHeight + Style.gap
            radius: Style.radius
            color: Style.wrongTint

            Words {
                id: sentence
                objectName: "message"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Style.gap
                text: page.view.message
                strong: true
                color: Style.wrongText
            }
        }
        QueuesList {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.panel === ""
            view: page.view
            onCalledBack: ticket => page.keys.call_back(ticket)
        }
        Loader {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.panel !== ""
            active: visible
            focus: visible
            sourceComponent: page.panel === "transfer" ? transfer : page.panel === "pause" ? pause
                : page.panel === "walk_in" ? walkIn : page.panel === "return" ? returns
                : page.panel === "route" ? route : page.panel === "join" ? join
                : page.panel === "call_this" ? callThis : page.panel === "sign_out" ? signOut : noShow
            onLoaded: (item as FocusScope).forceActiveFocus()
        }
    }
    Component {
        id: transfer

        TransferPanel {
            view: page.view
            onClosed: page.closed()
            onChosen: (kind, target, position) => {
                page.closed();
                page.keys.transfer(kind, target, position);
            }
        }
    }
    Component {
        id: pause

        PausePanel {
            view: page.view
            onClosed: page.closed()
            onChosen: (reason, minutes) => {
                page.closed();
                page.keys.pause(reason, minutes);
            }
        }
    }
    Component {
        id: walkIn

        ListPanel {
            title: qsTr("直办：选择业务")
            rows: page.view.service_choices
            onClosed: page.closed()
            onPicked: id => {
                page.closed();
                page.keys.walk_in(id);
            }
        }
    }
    Component {
        id: route

        RoutePanel {
            view: page.view
            onClosed: page.closed()
            onRouteChosen: id => {
                page.closed();
                page.keys.set_route(id);
            }
        }
    }
    Component {
        id: join

        ListPanel {
            title: qsTr("联办：选择正在办理的号票")
            rows: page.view.joinable
            empty: qsTr("没有可以联办的号票")
            Component.onCompleted: page.keys.list_joinable()
            onClosed: page.closed()
            onPicked: id => {
                page.closed();
                page.keys.join(id);
            }
        }
    }
    Component {
        id: returns

        ListPanel {
            title: qsTr("复号：选择过号的号票")
            rows: page.view.no_shows
            onClosed: page.closed()
            onPicked: id => {
                page.closed();
                page.keys.return_ticket(id);
            }
        }
    }
    Component {
        id: callThis

        CallThisPanel {
            view: page.view
            Component.onCompleted: page.keys.list_waiting()
            onClosed: page.closed()
            onChosen: (ticket, reason) => {
                page.closed();
                page.keys.call_this(ticket, reason);
            }
        }
    }
    Component {
        id: noShow

        ConfirmPanel {
            title: qsTr("%1 号未到，作过号处理？").arg(page.view.ticket.number)
            detail: qsTr("对方回来后可以复号")
            confirm: qsTr("确认弃号")
            onClosed: page.closed()
            onConfirmed: {
                page.closed();
                page.keys.no_show();
            }
        }
    }
    Component {
        id: signOut

        ConfirmPanel {
            readonly property string number: page.view.ticket.number

            title: number ? qsTr("%1 号还没有办结").arg(number) : qsTr("签退后本窗口停止呼叫")
            detail: number ? qsTr("请先办结、挂起或转移，再签退") : ""
            confirm: qsTr("确认签退")
            allowed: number.length === 0
            onClosed: page.closed()
            onConfirmed: {
                page.closed();
                page.keys.sign_out(false);
            }
        }
    }
}
