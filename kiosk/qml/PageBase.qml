import QtQuick

// What every page has: the view, where touches go, and what it asks.
Item {
    required property var view
    required property var kiosk
    required property bool wide
    property var preview: null
    property string title: ""
    property string subtitle: ""
    // Whether the second line answers what was just done, rather than explains.
    property bool telling: false
    // Whether what can be touched is at the foot of the page anyway, within reach.
    property bool low: false
}
