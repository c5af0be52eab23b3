pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// The caller. From the top: counter and line; the ticket at the counter; the one big key; then
// either the other keys and the queues, or the one panel that a key has opened.
Window {
    id: caller

    required property var view
    required property var keys
    property string panel: ""
    readonly property bool working: ["free", "called", "serving", "paused"].includes(view.stage)

    function open(name: string) {
        keys.read_message();
        panel = panel === name ? "" : name;
    }
    function close() {
        panel = "";
        root.forceActiveFocus();
    }

    visible: false
    flags: Qt.Window | Qt.WindowStaysOnTopHint
    width: 400
    height: 960
    minimumWidth: 340
    minimumHeight: 560
    title: qsTr("叫号器 · %1 号窗口").arg(view.counter)
    color: Style.ground
    Component.onCompleted: Style.base = 17

    Binding {
        target: Style
        property: "language"
        value: caller.view.language
    }
    Connections {
        target: caller.view
        function onStageChanged() {
            caller.close();
        }
    }
    HotKeys {
        view: caller.view
        keys: caller.keys
        open: caller.panel !== ""
        onOpened: name => caller.open(name)
        onClosed: caller.close()
    }
    FocusScope {
        id: root
        anchors.fill: parent
        focus: true

        ColumnLayout {
            anchors.fill: parent
            spacing: 0

            CounterHead {
                Layout.fillWidth: true
                view: caller.view
                onSignOutAsked: caller.open("sign_out")
            }
            StaleBar {
                Layout.fillWidth: true
                asOf: caller.view.line.as_of
                reason: caller.view.line.reason.first
                connecting: caller.view.line.waiting_for
                size: Style.small
            }
            Loader {
                id: page
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.margins: Style.gap
                focus: true
                sourceComponent: caller.view.stage === "starting" ? nothing
                    : caller.view.stage === "signed_out" ? signIn
                    : caller.view.stage === "closed" ? nothing : desk
            }
            Words {
                objectName: "message"
                Layout.fillWidth: true
                Layout.leftMargin: Style.gap
                Layout.rightMargin: Style.gap
                visible: text.length > 0 && !caller.working
                text: caller.view.message
                strong: true
                color: Style.wrongText
            }
            CountsLine {
                Layout.fillWidth: true
                visible: caller.working
                view: caller.view
            }
        }
    }
    Component {
        id: nothing

        Item {
            Words {
                anchors.centerIn: parent
                width: parent.width - Style.broad
                text: caller.view.stage === "closed" ? qsTr("大厅尚未开始办公")
                    : caller.view.line.connected ? qsTr("本终端未绑定窗口，请管理员登记") : ""
                size: Style.lead
                color: Style.muted
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
    Component {
        id: signIn

        SignInPage {
            focus: true
            view: caller.view
            onPicked: staff => caller.keys.sign_in(staff)
        }
    }
    Component {
        id: desk

        DeskPage {
            focus: true
            view: caller.view
            keys: caller.keys
            panel: caller.panel
            onOpened: name => caller.open(name)
            onClosed: caller.close()
        }
    }
}
