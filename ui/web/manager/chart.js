// How many waited, drawn. Holes are times without a connection.

import * as echarts from "/vendor/echarts-6.1.0.esm.min.js";
import { clock } from "./model.js";
import { SPAN_MS } from "./trend.js";
import { h, onBeforeUnmount, onMounted, ref, watch } from "./vue.js";

const ACTION = "#0b57a4";
const QUIET = "#46535f";
const LINE = "#d5dde5";
const FONT = '"Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

export const Chart = {
  props: { view: Object, service: String },
  setup({ view, service }) {
    const { hall, state, t } = view;
    const box = ref(null);
    let chart = null;
    let observer = null;

    const draw = () => {
      const points = hall.trend.of(service);
      chart?.setOption(option(points, state.now, t));
    };
    onMounted(() => {
      chart = echarts.init(box.value, null, { renderer: "canvas" });
      observer = new ResizeObserver(() => chart.resize());
      observer.observe(box.value);
      draw();
    });
    onBeforeUnmount(() => {
      observer?.disconnect();
      chart?.dispose();
    });
    watch([() => state.trendAt, () => state.language], draw);

    return () =>
      h("figure", { class: "trend" }, [
        h("figcaption", t("trend")),
        h("div", { ref: box, class: "plot", role: "img", "aria-label": t("trend") }),
      ]);
  },
};

function option(points, now, t) {
  const end = now ?? Date.now();
  const drawn = points.length > 1;
  const label = { color: QUIET, fontFamily: FONT, fontSize: 12 };
  return {
    animation: false,
    grid: { left: 34, right: 12, top: 10, bottom: 24 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      formatter: ([{ value }]) => `${clock(value[0], { seconds: true })}  ${value[1] ?? "—"}`,
    },
    xAxis: {
      show: drawn,
      type: "time",
      min: end - SPAN_MS,
      max: end,
      axisLabel: { ...label, hideOverlap: true, formatter: (at) => clock(at) },
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: ({ max }) => (max < 4 ? 4 : null),
      show: drawn,
      splitNumber: 4,
      minInterval: 1,
      axisLabel: label,
      splitLine: { lineStyle: { color: LINE } },
    },
    series: [
      {
        type: "line",
        step: "end",
        showSymbol: false,
        connectNulls: false,
        data: points,
        lineStyle: { color: ACTION, width: 2 },
        itemStyle: { color: ACTION },
        areaStyle: { color: ACTION, opacity: 0.1 },
      },
    ],
    graphic: [
      {
        id: "empty",
        type: "text",
        left: "center",
        top: "middle",
        invisible: drawn,
        style: { text: t("trendEmpty"), fill: QUIET, font: `13px ${FONT}` },
      },
    ],
  };
}
