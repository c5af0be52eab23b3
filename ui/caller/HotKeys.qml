pragma ComponentBehavior: Bound
import QtQml
import QtQuick

// The keyboard. A key that cannot be pressed does nothing; Esc leaves an open panel. The digits
// choose what follows a step, but for while a panel is open, where they are typed.
Item {
    id: hot

    required property var view
    required property var keys
    property bool open: false
    signal opened(string name)
    signal closed

    function can(name: string): bool {
        const key = view.keys[name];
        return key !== undefined && key.on;
    }

    Shortcut {
        sequence: "F12"
        enabled: hot.can("call_next")
        onActivated: hot.keys.call_next()
    }
    Shortcut {
        sequence: "F11"
        enabled: hot.can("recall")
        onActivated: hot.keys.recall()
    }
    Shortcut {
        sequence: "F10"
        enabled: hot.can("end")
        onActivated: hot.keys.end()
    }
    Shortcut {
        sequence: "F9"
        enabled: hot.can("start")
        onActivated: hot.keys.start()
    }
    Shortcut {
        sequence: "F8"
        enabled: hot.can("rating")
        onActivated: hot.keys.rating()
    }
    Shortcut {
        sequence: "F7"
        enabled: hot.can("hold")
        onActivated: hot.keys.hold()
    }
    Shortcut {
        sequence: "F6"
        enabled: hot.can("transfer")
        onActivated: hot.opened("transfer")
    }
    Shortcut {
        sequence: "F5"
        enabled: hot.can("pause") || hot.can("resume")
        onActivated: hot.can("resume") ? hot.keys.resume() : hot.opened("pause")
    }
    Shortcut {
        sequence: "F4"
        enabled: hot.can("no_show")
        onActivated: hot.opened("no_show")
    }
    Shortcut {
        sequence: "F3"
        enabled: hot.can("walk_in")
        onActivated: hot.opened("walk_in")
    }
    Shortcut {
        sequence: "F2"
        enabled: hot.can("return")
        onActivated: hot.opened("return")
    }
    Shortcut {
        sequence: "F1"
        enabled: hot.can("call_this")
        onActivated: hot.opened("call_this")
    }
    Shortcut {
        sequence: "Shift+F12"
        enabled: hot.can("join") || hot.can("leave")
        onActivated: hot.can("leave") ? hot.keys.leave() : hot.opened("join")
    }
    Shortcut {
        sequence: "Shift+F6"
        enabled: hot.can("route")
        onActivated: hot.opened("route")
    }
    Instantiator {
        model: hot.view.branches.slice(0, 9)

        Shortcut {
            required property var modelData
            required property int index

            sequence: `${index + 1}`
            enabled: hot.can("branch") && !hot.open
            onActivated: hot.keys.choose_branch(modelData.count > 0 ? "" : modelData.id)
        }
    }
    Shortcut {
        sequence: "Escape"
        onActivated: hot.closed()
    }
}
