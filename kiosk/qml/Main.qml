pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// The citizen's window: header, what this page asks, the page, and the same six keys: below, or at
// the right of a wide screen.
// In reach mode everything that can be touched lies in the lower half.
Window {
    id: window

    required property var view
    required property var kiosk
    // What the camera sees; none where no camera is fitted.
    property var preview: null
    readonly property bool wide: width > height
    readonly property real unit: Math.min(width, height) / 1080 * 46.5
    readonly property string page: view.help ? "help" : view.page

    visible: true
    width: 1080
    height: 1920
    title: qsTr("取号机")
    color: Style.ground

    Binding {
        target: Style
        property: "base"
        value: window.unit
    }
    Binding {
        target: Style
        property: "scale"
        value: window.view.large ? 1.5 : 1
    }

    // Any touch gives the page its time again, whatever it meets.
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        grabPermissions: PointerHandler.TakeOverForbidden
        onPressedChanged: if (pressed) window.kiosk.act("stay", "")
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        focus: true
        // A keypad of metal keys types as the one on the glass does.
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                window.kiosk.act("submit", "");
            else if (event.key === Qt.Key_Backspace)
                window.kiosk.act("erase", "");
            else if (/^[0-9A-Za-z]$/.test(event.text))
                window.kiosk.act("key", event.text.toUpperCase());
            else
                return;
            event.accepted = true;
        }

        Header {
            Layout.fillWidth: true
            view: window.view
            kiosk: window.kiosk
            wide: window.wide
        }
        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: window.wide ? 2 : 1
            columnSpacing: 0
            rowSpacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0

                Notices {
                    Layout.fillWidth: true
                    Layout.fillHeight: false
                    view: window.view
                }
                TitleZone {
                    Layout.fillWidth: true
                    Layout.leftMargin: Style.space
                    Layout.rightMargin: Style.space
                    Layout.fillHeight: loader.lowered
                    title: loader.here ? loader.here.title : ""
                    subtitle: loader.here ? loader.here.subtitle : ""
                    telling: loader.here !== null && loader.here.telling
                    tall: loader.lowered
                    low: window.wide || window.view.large
                }
                Loader {
                    id: loader
                    readonly property PageBase here: item as PageBase
                    readonly property bool lowered: window.view.reach && here !== null && !here.low
                    Layout.fillWidth: true
                    Layout.leftMargin: Style.space
                    Layout.rightMargin: Style.space
                    Layout.fillHeight: !lowered
                    Layout.preferredHeight: !lowered ? -1
                        : window.height / 2 - (window.wide ? 0 : footer.implicitHeight)
                    sourceComponent: window.page === "help" ? help
                        : window.page === "choose" ? choose
                        : window.page === "who" ? who
                        : window.page === "arrive" ? arrive
                        : window.page === "helper_card" ? helperCard
                        : window.page === "face_ask" ? faceAsk
                        : window.page === "face_look" ? faceLook
                        : window.page === "confirm" || window.page === "issuing" ? confirm
                        : window.page === "ticket" ? ticket
                        : window.page === "refused" ? refused
                        : window.page === "track" ? track
                        : window.page === "exit" ? leave : home
                }
            }
            Footer {
                id: footer
                Layout.fillWidth: !window.wide
                Layout.fillHeight: window.wide
                Layout.preferredWidth: window.wide ? Style.base * (window.view.reach ? 10.5 : window.view.large ? 6.6 : 6) : -1
                view: window.view
                kiosk: window.kiosk
                wide: window.wide
            }
        }
    }

    Component {
        id: home
        HomePage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: choose
        ChoosePage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: who
        WhoPage { view: window.view; kiosk: window.kiosk; wide: window.wide; preview: window.preview }
    }
    Component {
        id: arrive
        ArrivePage { view: window.view; kiosk: window.kiosk; wide: window.wide; preview: window.preview }
    }
    Component {
        id: helperCard
        HelperCardPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: faceAsk
        FaceAskPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: faceLook
        FaceLookPage { view: window.view; kiosk: window.kiosk; wide: window.wide; preview: window.preview }
    }
    Component {
        id: confirm
        ConfirmPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: ticket
        TicketPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: refused
        RefusedPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: track
        TrackPage { view: window.view; kiosk: window.kiosk; wide: window.wide; preview: window.preview }
    }
    Component {
        id: help
        HelpPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
    Component {
        id: leave
        ExitPage { view: window.view; kiosk: window.kiosk; wide: window.wide }
    }
}
